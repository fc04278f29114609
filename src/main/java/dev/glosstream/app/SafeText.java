package dev.glosstream.app;

/** Texts made harmless for a terminal: what would move the cursor, change colours or turn the writing around is shown. */
final class SafeText {
    private static final int CONTROL_PICTURES = 0x2400;
    private static final int DELETE = 0x7F;
    private static final int DELETE_PICTURE = 0x2421;

    private SafeText() {}

    /**
     * Appends a text on one line: line ends as {@code ↵}, tabs as spaces, other control characters as their pictures,
     * format characters by their numbers; joiners within emoji and words stay.
     */
    static void append(StringBuilder out, String text) {
        int index = 0;
        while (index < text.length()) {
            int codePoint = text.codePointAt(index);
            int next = index + Character.charCount(codePoint);
            if (codePoint == '\r' && next < text.length() && text.charAt(next) == '\n') {
                next++;
            }
            append(out, codePoint);
            index = next;
        }
    }

    private static void append(StringBuilder out, int codePoint) {
        if (codePoint == '\t') {
            out.append(' ');
        } else if (isLineEnd(codePoint)) {
            out.append('\u21B5');
        } else if (codePoint < ' ') {
            out.appendCodePoint(CONTROL_PICTURES + codePoint);
        } else if (codePoint == DELETE) {
            out.appendCodePoint(DELETE_PICTURE);
        } else if (isDangerous(codePoint)) {
            out.append(String.format("<U+%04X>", codePoint));
        } else {
            out.appendCodePoint(codePoint);
        }
    }

    private static boolean isLineEnd(int codePoint) {
        return codePoint == '\n'
                || codePoint == '\r'
                || codePoint == 0x85
                || codePoint == 0x2028
                || codePoint == 0x2029;
    }

    private static boolean isDangerous(int codePoint) {
        int type = Character.getType(codePoint);
        boolean joiner = codePoint == 0x200C || codePoint == 0x200D;
        boolean flagTag = codePoint >= 0xE0020 && codePoint <= 0xE007F;
        return Character.isISOControl(codePoint)
                || type == Character.SURROGATE
                || (type == Character.FORMAT && !joiner && !flagTag);
    }

    /** Returns JSON in which control, format and line separator characters within strings are escaped. */
    static String escapeForJson(String json) {
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        for (int index = 0; index < json.length(); index++) {
            char unit = json.charAt(index);
            boolean separator = unit == 0x2028 || unit == 0x2029;
            boolean dangerous = unit >= DELETE && !Character.isSurrogate(unit) && isDangerous(unit);
            if (separator || dangerous) {
                escaped.append(String.format("\\u%04x", (int) unit));
            } else {
                escaped.append(unit);
            }
        }
        return escaped.toString();
    }
}
