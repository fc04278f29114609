package dev.glosstream.label;

import dev.glosstream.sequence.BioTagSet;
import java.util.ArrayList;
import java.util.List;

/** Between BIO (IOB2) tag paths and typed spans of tokens. */
public final class BioCodec {
    private BioCodec() {}

    /**
     * Returns the spans of a legal tag path, in order, not overlapping.
     *
     * @throws IllegalArgumentException if a continuing tag follows something it may not follow
     */
    public static List<TokenSpan> decode(BioTagSet tagSet, int[] path) {
        List<TokenSpan> spans = new ArrayList<>();
        int start = -1;
        for (int position = 0; position <= path.length; position++) {
            boolean inside = position < path.length && tagSet.isInside(path[position]);
            if (inside) {
                requireLegal(tagSet, path, position);
            } else if (start >= 0) {
                spans.add(new TokenSpan(tagSet.typeOf(path[start]), start, position));
                start = -1;
            }
            if (position < path.length && tagSet.isBegin(path[position])) {
                start = position;
            }
        }
        return spans;
    }

    private static void requireLegal(BioTagSet tagSet, int[] path, int position) {
        boolean legal =
                position == 0 ? tagSet.mayStart(path[position]) : tagSet.mayFollow(path[position - 1], path[position]);
        if (!legal) {
            throw new IllegalArgumentException("tag path: expected '"
                    + tagSet.names().get(path[position]) + "' at token " + position
                    + " to continue an entity of its type, got "
                    + (position == 0 ? "the start" : "'" + tagSet.names().get(path[position - 1]) + "'")
                    + " before it");
        }
    }

    /**
     * Returns the tag path of spans.
     *
     * @param spans in order, not overlapping, within {@code length}
     * @param length number of tokens
     */
    public static int[] encode(BioTagSet tagSet, List<TokenSpan> spans, int length) {
        int[] path = new int[length];
        for (TokenSpan span : spans) {
            path[span.start()] = tagSet.begin(span.type());
            for (int position = span.start() + 1; position < span.end(); position++) {
                path[position] = tagSet.inside(span.type());
            }
        }
        return path;
    }
}
