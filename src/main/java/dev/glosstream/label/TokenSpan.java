package dev.glosstream.label;

/**
 * A typed span of tokens.
 *
 * @param type index of the entity type
 * @param start first token, inclusive
 * @param end end, exclusive
 */
public record TokenSpan(int type, int start, int end) {

    /** Validates the span. */
    public TokenSpan {
        if (type < 0 || start < 0 || end <= start) {
            throw new IllegalArgumentException(
                    "token span: expected type >= 0 and 0 <= start < end, got " + type + ", " + start + ", " + end);
        }
    }
}
