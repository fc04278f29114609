package dev.glosstream.ingest;

/** What a string must be to be written as UTF-8 without loss. */
final class UnicodeRules {
    private UnicodeRules() {}

    /** Returns the index of the first half of a surrogate pair that stands alone, -1 if there is none. */
    static int loneSurrogate(String text) {
        int index = 0;
        while (index < text.length()) {
            int codePoint = text.codePointAt(index);
            if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
                return index;
            }
            index += Character.charCount(codePoint);
        }
        return -1;
    }

    /** Returns whether a string has whole characters only. */
    static boolean isWellFormed(String text) {
        return loneSurrogate(text) < 0;
    }
}
