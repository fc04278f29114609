package dev.glosstream.emit;

/**
 * Converts UTF-16 offsets of one text to code points, in one pass over the text for offsets that come in order.
 *
 * <p>One thread. An offset smaller than the one before starts again from the beginning: right, but slower.
 */
final class CodePointOffsets {
    private final String text;
    private int chars;
    private int codePoints;

    CodePointOffsets(String text) {
        this.text = text;
    }

    /**
     * Returns how many code points stand before a UTF-16 offset.
     *
     * @param charOffset 0 to the length of the text, not inside a surrogate pair
     */
    int at(int charOffset) {
        if (charOffset < chars) {
            chars = 0;
            codePoints = 0;
        }
        codePoints += text.codePointCount(chars, charOffset);
        chars = charOffset;
        return codePoints;
    }
}
