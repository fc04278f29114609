package dev.glosstream.config;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
     * @param mistakes is told what is wrong with a placeholder; the placeholder stays as it is then
     */
    String replace(String text, Consumer<String> mistakes) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(value(found.group(2), found, mistakes)));
    }

    private String value(@Nullable String inside, MatchResult found, Consumer<String> mistakes) {
        if (inside == null) {
            return "${";
        }
        int colon = inside.indexOf(':');
        String name = colon < 0 ? inside : inside.substring(0, colon);
        if (found.group(3).isEmpty() || !NAME.matcher(name).matches()) {
            String got = found.group(3).isEmpty() ? "'${' without '}'" : SettingText.quote(found.group());
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
}
