package dev.glosstream.tokenize;

import dev.glosstream.model.EntryColumn;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenizedText;

/** What each token column looks up: the vocabulary entry of a token. */
public final class TokenFeatures {
    private static final int LONGEST_SHAPE = 16;

    private TokenFeatures() {}

    /** Returns the vocabulary entry of one token in one column. */
    public static String entry(EntryColumn column, TokenizedText text, Token token) {
        return entry(column, text.surface(token), token.norm());
    }

    /** Returns the vocabulary entry of a token that is written and normalised like this. */
    static String entry(EntryColumn column, String surface, String norm) {
        return switch (column.feature()) {
            case WORD -> norm;
            case PREFIX -> norm.substring(0, cut(norm, Math.min(column.length(), norm.length())));
            case SUFFIX -> norm.substring(cut(norm, Math.max(0, norm.length() - column.length())));
            case SHAPE -> shape(surface);
        };
    }

    /** Moves a cut out of the middle of a surrogate pair. */
    private static int cut(String text, int index) {
        boolean inPair = index > 0
                && index < text.length()
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
        return inPair ? index + 1 : index;
    }

    /**
     * Returns how a token is written: X for upper case, x for other letters, 0 for digits, other characters themselves;
     * each run shortened to two. {@code Paris} is {@code Xxx}, {@code USA} {@code XX}, {@code iPhone7} {@code xXxx0}.
     */
    private static String shape(String surface) {
        StringBuilder shape = new StringBuilder();
        int run = 0;
        char previous = 0;
        for (int index = 0; index < surface.length() && shape.length() < LONGEST_SHAPE; index++) {
            char kind = kind(surface.charAt(index));
            run = kind == previous ? run + 1 : 1;
            if (run <= 2) {
                shape.append(kind);
            }
            previous = kind;
        }
        return shape.toString();
    }

    private static char kind(char unit) {
        if (Character.isUpperCase(unit)) {
            return 'X';
        }
        if (Character.isLetter(unit)) {
            return 'x';
        }
        if (Character.isDigit(unit)) {
            return '0';
        }
        return Character.isSurrogate(unit) ? '*' : unit;
    }
}
