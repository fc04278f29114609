package dev.glosstream.ingest;

/** What a string must be to be written as UTF-8 without loss. */
public final class UnicodeRules {
    private UnicodeRules() {}

    /** Returns the index of the first half of a surrogate pair that stands alone, -1 if there is none. */
    public static int loneSurrogate(String text) {
        int index = 0;
        while (index < text.length()) {
            if (!Character.isSurrogate(text.charAt(index))) {
                index++;
            } else if (Character.isSupplementaryCodePoint(text.codePointAt(index))) {
                index += 2;
            } else {
                return index;
            }
        }
        return -1;
    }

    /** Returns whether a string has whole characters only. */
    static boolean isWellFormed(String text) {
        return loneSurrogate(text) < 0;
    }
}
