package dev.glosstream.config;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces <code>${NAME}</code> and <code>${NAME:default}</code> in a text.
 *
 * <p>The default counts if the variable is not set at all; it ends at the first closing brace. <code>$${</code> stands for
 * <code>${</code> itself, which Kafka's configuration providers need. What is put in is not looked at again.
 */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$(\\$\\{|\\{([^}]*)(\\}?))");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private final Map<String, String> variables;

    /** Creates the replacement. */
    Placeholders(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /**
     * Returns the text with every placeholder replaced.
     *
     * @param secret whether nothing of the text may be shown, apart from names of variables
     * @param mistakes is told what is wrong with a placeholder; the placeholder stays as it is then
     */
    String replace(String text, boolean secret, Consumer<String> mistakes) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(value(found, secret, mistakes)));
    }

    private String value(MatchResult found, boolean secret, Consumer<String> mistakes) {
        String inside = found.group(2);
        if (inside == null) {
            return "${";
        }
        int colon = inside.indexOf(':');
        String name = colon < 0 ? inside : inside.substring(0, colon);
        if (found.group(3).isEmpty() || !NAME.matcher(name).matches()) {
            String got = found.group(3).isEmpty() ? "'${' without '}'" : quote(found.group(), secret);
            mistakes.accept("expected ${NAME} or ${NAME:default} ('$${' for a plain '${'), got " + got);
            return found.group();
        }
        String set = variables.get(name);
        if (set == null && colon < 0) {
            mistakes.accept("expected the environment variable '" + name
                    + "' to be set, got nothing; set it or write ${" + name + ":default}");
            return found.group();
        }
        return set == null ? inside.substring(colon + 1) : set;
    }

    private static String quote(String placeholder, boolean secret) {
        return secret ? "a name that no variable has" : SettingText.quote(placeholder);
    }
}
