package dev.glosstream.config;

/**
 * What the text of a setting must look like.
 *
 * @param pattern regular expression for the whole text
 * @param words the same for a person, to stand after "expected"
 */
public record TextRule(String pattern, String words) {
    /** Any text. */
    public static final TextRule ANY = new TextRule("(?s).*", "text");
    /** Any text but the empty one. */
    public static final TextRule NOT_EMPTY = new TextRule("(?s).+", "text");

    /** Returns whether the text follows the rule. */
    public boolean accepts(String text) {
        return text.matches(pattern);
    }
}
