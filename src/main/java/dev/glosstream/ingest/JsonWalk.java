package dev.glosstream.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds paths in one JSON document, without building it.
 *
 * <p>The document is checked to its end: each key once per object, nothing after it, no nesting beyond {@value
 * #MOST_NESTED}. Numbers stay as they are written, whatever their size. Recursion goes no deeper than the paths.
 */
final class JsonWalk {
    /** Far beyond any real event, far below what would exhaust a stack. */
    static final int MOST_NESTED = 500;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Keys come from outside: a table of them would grow, and could be made to collide.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_NESTED)
                    // The size of the record bounds them, and nothing here converts a number.
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final Findings findings;

    private JsonWalk(JsonParser parser, Findings findings) {
        this.parser = parser;
        this.findings = findings;
    }

    /**
     * Walks over a document.
     *
     * @param document its characters, from 0 to {@code length}
     * @param findings notes what stands at each node of the tree
     * @throws IOException if it is not one JSON document, or breaks the rules above
     */
    static void walk(char[] document, int length, PathTree tree, Findings findings) throws IOException {
        try (JsonParser parser = FACTORY.createParser(document, 0, length)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new IOException("no document");
            }
            new JsonWalk(parser, findings).value(first, tree);
            if (parser.nextToken() != null) {
                throw new IOException("more than one document");
            }
        }
    }

    private void value(JsonToken token, @Nullable PathTree node) throws IOException {
        if (node == null) {
            parser.skipChildren();
        } else if (token == JsonToken.START_OBJECT) {
            object(node);
        } else if (token == JsonToken.START_ARRAY) {
            array(node);
        } else if (token == JsonToken.VALUE_NULL) {
            findings.value(node, Finding.Kind.NOTHING, "");
        } else {
            Finding.Kind kind = token.isNumeric()
                    ? Finding.Kind.NUMBER
                    : token.isBoolean() ? Finding.Kind.TRUTH : Finding.Kind.TEXT;
            findings.value(node, kind, parser.getText());
        }
    }

    private void object(PathTree node) throws IOException {
        findings.fields(node);
        Set<String> missing = new HashSet<>(node.names());
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            missing.remove(name);
            value(parser.nextToken(), node.field(name));
        }
        for (String name : node.names()) {
            PathTree child = node.field(name);
            if (child != null && missing.contains(name)) {
                findings.value(child, Finding.Kind.MISSING, "");
            }
        }
    }

    private void array(PathTree node) throws IOException {
        JsonToken token = parser.nextToken();
        findings.list(node, token == JsonToken.END_ARRAY);
        findings.enterList();
        for (int index = 0; token != JsonToken.END_ARRAY; index++) {
            findings.element(index);
            value(token, node.elements());
            token = parser.nextToken();
        }
        findings.leaveList();
    }
}
