package dev.glosstream.config;

import java.util.Set;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One value as written.
 *
 * @param origin where; for a value of a mapping the line of its key
 * @param node the value; of an override a plain scalar
 */
record Entry(Origin origin, Node node) {
    private static final Set<Tag> PLAIN =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.TIMESTAMP, Tag.NULL, Tag.SEQ, Tag.MAP, Tag.MERGE);

    /** Returns the value of an override. */
    static Entry override(String value) {
        return new Entry(Origin.override(), new ScalarNode(Tag.STR, value, null, null, ScalarStyle.SINGLE_QUOTED));
    }

    /** Returns whether nothing stands after the colon, or {@code null} or {@code ~}. */
    boolean isNothing() {
        return node.getTag().equals(Tag.NULL);
    }

    /** Returns whether it is a text, number or boolean without a tag of its own. */
    boolean isScalar() {
        return node instanceof ScalarNode && isPlain() && !isNothing();
    }

    /** Returns whether it is a mapping without a tag of its own. */
    boolean isMapping() {
        return node instanceof MappingNode && isPlain();
    }

    /** Returns whether it is a list without a tag of its own. */
    boolean isSequence() {
        return node instanceof SequenceNode && isPlain();
    }

    private boolean isPlain() {
        return PLAIN.contains(node.getTag());
    }

    /** Returns the text of a scalar, as written. */
    String text() {
        return ((ScalarNode) node).getValue();
    }

    /**
     * Returns what it is, to stand after "got"; no secret.
     *
     * @param path of the setting that it is the value of
     */
    String describe(String path) {
        if (!isPlain()) {
            // A password that begins with an exclamation mark is a tag to YAML.
            return Secrets.mayBe(path)
                    ? "a value with a tag ('!'); put it in quotes"
                    : "a value with the tag " + SettingText.quote(node.getTag().getValue());
        }
        if (isNothing()) {
            return "nothing";
        }
        if (node instanceof ScalarNode scalar) {
            return Secrets.quote(path, scalar.getValue());
        }
        return node instanceof MappingNode ? "a section" : "a list";
    }
}
