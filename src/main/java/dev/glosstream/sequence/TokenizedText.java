package dev.glosstream.sequence;

import java.util.List;

/**
 * A text and its tokens.
 *
 * @param text the original text, untouched
 * @param tokens the tokens in order; spans lie inside the text and do not overlap; may be empty
 */
public record TokenizedText(String text, List<Token> tokens) {

    /** Validates that the spans are inside the text, in order, and apart. */
    public TokenizedText {
        tokens = List.copyOf(tokens);
        int previousEnd = 0;
        for (Token token : tokens) {
            if (token.charStart() < previousEnd || token.charEnd() > text.length()) {
                throw new IllegalArgumentException("token spans: expected increasing spans within [0, " + text.length()
                        + "), got [" + token.charStart() + ", " + token.charEnd() + ") after " + previousEnd);
            }
            previousEnd = token.charEnd();
        }
    }

    /** Returns the characters of a token as they stand in the text. */
    public String surface(Token token) {
        return text.substring(token.charStart(), token.charEnd());
    }
}
