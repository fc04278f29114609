package dev.glosstream.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The topics of a source: some names, or a pattern.
 *
 * @param names legal topic names; empty if there is a pattern
 * @param pattern regular expression for the whole name, empty if there are names
 */
public record SourceTopics(List<String> names, String pattern) {

    /** Validates that there are names or a pattern, not both. */
    public SourceTopics {
        names = List.copyOf(names);
        if (names.isEmpty() == pattern.isEmpty()) {
            throw new IllegalArgumentException(
                    "source: expected topics or a pattern, got " + (names.isEmpty() ? "neither" : "both"));
        }
        for (String name : names) {
            if (!TopicSettings.NAME.accepts(name)) {
                throw new IllegalArgumentException(
                        "source: expected topics of " + TopicSettings.NAME.words() + ", got '" + name + "'");
            }
        }
        if (!isPattern(pattern)) {
            throw new IllegalArgumentException("source: expected a regular expression, got '" + pattern + "'");
        }
    }

    /** Returns topics by their names. */
    public static SourceTopics named(String... names) {
        return new SourceTopics(List.of(names), "");
    }

    /** Returns all topics whose whole name a regular expression matches. */
    public static SourceTopics matching(String pattern) {
        return new SourceTopics(List.of(), pattern);
    }

    /** Returns whether a text is a regular expression. */
    static boolean isPattern(String text) {
        try {
            Pattern unused = Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** Returns whether a topic is one of them. */
    public boolean contain(String topic) {
        return names.contains(topic) || (!pattern.isEmpty() && topic.matches(pattern));
    }

    /** Returns a regular expression for the whole name of each of these topics. */
    public String expression() {
        // Of the characters that a name may have, only the point means something else in an expression.
        return pattern.isEmpty() ? String.join("|", names).replace(".", "\\.") : "(?:" + pattern + ")";
    }

    @Override
    public String toString() {
        return pattern.isEmpty() ? String.join(", ", names) : "/" + pattern + "/";
    }
}
