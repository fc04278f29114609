package dev.glosstream.page;

/** Texts made harmless for a page: markup is shown, not obeyed, and what would turn the writing around is named. */
public final class EscapedHtml {
    private EscapedHtml() {}

    /** Returns a text as HTML that shows it, for content and for quoted attributes. */
    public static String of(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(codePoint -> append(html, codePoint));
        return html.toString();
    }

    private static void append(StringBuilder html, int codePoint) {
        switch (codePoint) {
            case '&' -> html.append("&amp;");
            case '<' -> html.append("&lt;");
            case '>' -> html.append("&gt;");
            case '"' -> html.append("&quot;");
            case '\'' -> html.append("&#39;");
            case '\t', '\n' -> html.append(' ');
            default -> {
                if (isHarmless(codePoint)) {
                    html.appendCodePoint(codePoint);
                } else {
                    html.append(String.format("&lt;U+%04X&gt;", codePoint));
                }
            }
        }
    }

    /** Joiners within emoji and words stay. */
    private static boolean isHarmless(int codePoint) {
        int type = Character.getType(codePoint);
        boolean joiner = codePoint == 0x200C || codePoint == 0x200D;
        return joiner
                || !(Character.isISOControl(codePoint)
                        || type == Character.FORMAT
                        || type == Character.SURROGATE
                        || type == Character.UNASSIGNED
                        || type == Character.LINE_SEPARATOR
                        || type == Character.PARAGRAPH_SEPARATOR);
    }
}
