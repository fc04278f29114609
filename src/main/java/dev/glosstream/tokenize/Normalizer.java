package dev.glosstream.tokenize;

import java.util.Locale;

/**
 * Turns a token as written into the form that vocabularies are keyed by: compatibility-composed (Unicode NFKC), lower
 * case, digits as 0, letters repeated three times or more written twice, typographic apostrophes as ASCII.
 *
 * <p>Work is bounded: only the first {@value #MAX_UNITS} UTF-16 units of a token are read, so a token of any length costs
 * the same. Offsets are not touched.
 */
final class Normalizer {
    static final String URL = "<url>";
    static final String USER = "<user>";
    static final String EMAIL = "<email>";

    private static final int MAX_UNITS = 40;

    private Normalizer() {}

    static String word(String text, int start, int end) {
        return squeeze(compose(text, start, end).toLowerCase(Locale.ROOT), 2);
    }

    static String symbol(String text, int start, int end) {
        return squeeze(compose(text, start, end), 3);
    }

    /** Returns an emoji without skin tone and presentation, so that all its variants share one vocabulary entry. */
    static String emoji(String text, int start, int end) {
        StringBuilder plain = new StringBuilder();
        String head = head(text, start, end);
        head.codePoints()
                .filter(codePoint -> !CharacterClass.isEmojiModifier(codePoint))
                .forEach(plain::appendCodePoint);
        return plain.length() == 0 ? head : plain.toString();
    }

    private static String head(String text, int start, int end) {
        int cut = Math.min(end, start + MAX_UNITS);
        boolean inPair = cut < end
                && Character.isLowSurrogate(text.charAt(cut))
                && Character.isHighSurrogate(text.charAt(cut - 1));
        return text.substring(start, inPair ? cut - 1 : cut);
    }

    private static String compose(String text, int start, int end) {
        String head = head(text, start, end);
        return isAscii(head) ? head : java.text.Normalizer.normalize(head, java.text.Normalizer.Form.NFKC);
    }

    private static boolean isAscii(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String squeeze(String text, int longestRun) {
        StringBuilder squeezed = new StringBuilder(text.length());
        int run = 0;
        int previous = -1;
        for (int index = 0; index < text.length(); index++) {
            char unit = canonical(text.charAt(index));
            run = unit == previous ? run + 1 : 1;
            if (run <= longestRun || unit == '0') {
                squeezed.append(unit);
            }
            previous = unit;
        }
        return squeezed.toString();
    }

    private static char canonical(char unit) {
        if (Character.isDigit(unit)) {
            return '0';
        }
        return unit == '\u2019' || unit == '\u2018' ? '\'' : unit;
    }
}
