package dev.glosstream.config;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The keys and values of a section as written; keys that are none, and keys that stand twice, are mistakes. */
final class SectionEntries {
    private static final String SAFE_KEY = "[A-Za-z0-9._-]{1,200}(\\[[0-9]+\\])?";

    private SectionEntries() {}

    /** Returns the entries by key, in their order. */
    static Map<String, Entry> read(SettingsScope scope, String path, @Nullable MappingNode mapping) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        if (mapping != null) {
            mapping.getValue().forEach(tuple -> add(scope, path, tuple, entries));
        }
        return entries;
    }

    private static void add(SettingsScope scope, String path, NodeTuple tuple, Map<String, Entry> entries) {
        Node keyNode = tuple.getKeyNode();
        Origin origin = scope.line(keyNode.getStartMark().getLine() + 1);
        if (!(keyNode instanceof ScalarNode scalar) || keyNode.getTag().equals(Tag.MERGE)) {
            scope.mistakes()
                    .add(origin, path, "expected a plain key, got a list, a section or a merge; write the keys out");
            return;
        }
        Entry first = entries.putIfAbsent(scalar.getValue(), new Entry(origin, tuple.getValueNode()));
        if (first != null) {
            scope.mistakes()
                    .add(
                            origin,
                            path(path, scalar.getValue()),
                            "expected this key once, got it again; it stands in line "
                                    + first.origin().line() + " already");
        }
    }

    /** Returns the items of a list; of a text that stands for a list of one, the text; of an override, its parts. */
    static List<Entry> items(SettingsScope scope, Entry list) {
        if (list.origin().isOverride()) {
            return Arrays.stream(list.text().split(",")).map(Entry::override).toList();
        }
        if (list.isScalar()) {
            return List.of(list);
        }
        return ((SequenceNode) list.node())
                .getValue().stream()
                        .map(node -> new Entry(scope.line(node.getStartMark().getLine() + 1), node))
                        .toList();
    }

    /** Returns the path of a key within a section, quoted if it is not plain. */
    static String path(String section, String key) {
        String name = key.matches(SAFE_KEY) ? key : SettingText.quote(key);
        return section.isEmpty() ? name : section + "." + name;
    }
}
