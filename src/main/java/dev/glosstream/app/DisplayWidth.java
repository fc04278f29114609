package dev.glosstream.app;

/** How many cells of a terminal a text takes: none for marks, two for ideographs and most emoji. */
final class DisplayWidth {
    private static final int JOINER = 0x200D;
    private static final String LEFT_TO_RIGHT_MARK = "\u200E";
    private static final int[][] WIDE = {
        {0x1100, 0x115F},
        {0x2E80, 0xA4CF},
        {0xAC00, 0xD7A3},
        {0xF900, 0xFAFF},
        {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60},
        {0xFFE0, 0xFFE6},
        {0x1F300, 0x1F64F},
        {0x1F680, 0x1F6FF},
        {0x1F900, 0x1FAFF},
        {0x20000, 0x3FFFD},
    };

    private DisplayWidth() {}

    /** Returns the cells of a text without line ends. */
    static int of(String text) {
        int width = 0;
        int previous = 0;
        for (int index = 0; index < text.length(); ) {
            int codePoint = text.codePointAt(index);
            width += previous == JOINER && width > 0 ? 0 : of(codePoint);
            previous = codePoint;
            index += Character.charCount(codePoint);
        }
        return width;
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        boolean skinTone = codePoint >= 0x1F3FB && codePoint <= 0x1F3FF;
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT
                || skinTone) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (codePoint >= range[0] && codePoint <= range[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** Returns a text made harmless and cut to so many cells; text that runs from right to left does not turn what follows. */
    static String cut(String text, int cells) {
        StringBuilder safe = new StringBuilder();
        SafeText.append(safe, text);
        String cut = safe.toString();
        if (of(cut) > cells) {
            int end = 0;
            while (of(cut.substring(0, cut.offsetByCodePoints(end, 1))) < cells) {
                end = cut.offsetByCodePoints(end, 1);
            }
            cut = cut.substring(0, end) + "…";
        }
        return cut.codePoints().anyMatch(DisplayWidth::runsFromTheRight) ? cut + LEFT_TO_RIGHT_MARK : cut;
    }

    private static boolean runsFromTheRight(int codePoint) {
        byte direction = Character.getDirectionality(codePoint);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
    }
}
