package dev.glosstream.sequence;

/**
 * One token: a span of the original text and its normalised form.
 *
 * @param charStart first character, in UTF-16 units of the original text, inclusive
 * @param charEnd end, in UTF-16 units of the original text, exclusive; greater than {@code charStart}
 * @param norm the form looked up in vocabularies (lower case, digits as 0); never empty
 */
public record Token(int charStart, int charEnd, String norm) {

    /** Validates the span. */
    public Token {
        if (charStart < 0 || charEnd <= charStart) {
            throw new IllegalArgumentException(
                    "token: expected 0 <= charStart < charEnd, got " + charStart + " and " + charEnd);
        }
        if (norm.isEmpty()) {
            throw new IllegalArgumentException("token at " + charStart + ": expected a non-empty norm");
        }
    }
}
