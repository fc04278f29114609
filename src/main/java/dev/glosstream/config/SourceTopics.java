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
    /** What a pattern must be, to stand after "expected". */
    static final String PATTERN_WORDS = "a regular expression that is complete in itself";

    /** An even number of backslashes, then one with a digit. Within a quote it is none: better refused than misread. */
    private static final Pattern NUMBERED_REFERENCE = Pattern.compile("(?<!\\\\)(?:\\\\\\\\)*\\\\[1-9]");

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
            throw new IllegalArgumentException(
                    "source: expected " + PATTERN_WORDS + ", got " + SettingText.quote(pattern));
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

    /** Returns whether a text is a regular expression, and ends where it ends: one with an open quote does not. */
    static boolean isPattern(String text) {
        return compiles(text) && compiles(grouped(text));
    }

    private static boolean compiles(String expression) {
        try {
            Pattern unused = Pattern.compile(expression);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    /** In a group, so that alternatives and flags of one pattern do not reach into the next. */
    private static String grouped(String pattern) {
        return "(?:" + pattern + ")";
    }

    /**
     * Returns one regular expression for the whole names of all topics of some sources.
     *
     * @throws IllegalArgumentException naming the source whose pattern means something else, or nothing, behind the others
     */
    public static Pattern joined(List<SourceTopics> sources) {
        StringBuilder all = new StringBuilder();
        for (SourceTopics source : sources) {
            boolean groupsBefore = Pattern.compile(all.toString()).matcher("").groupCount() > 0;
            if (groupsBefore && NUMBERED_REFERENCE.matcher(source.pattern).find()) {
                throw unjoinable(
                        source,
                        "no reference to a group by its number, because the patterns of all sources become"
                                + " one and the groups before count too; write (?<name>…) and \\k<name>");
            }
            all.append(all.isEmpty() ? "" : "|").append(source.expression());
            if (!compiles(all.toString())) {
                throw unjoinable(
                        source,
                        "names of groups that no other source has, because the patterns of all sources"
                                + " become one; rename its groups, or write (?:…)");
            }
        }
        return Pattern.compile(all.toString());
    }

    private static IllegalArgumentException unjoinable(SourceTopics source, String expected) {
        return new IllegalArgumentException("source " + source + ": expected " + expected);
    }

    /** Returns whether a topic is one of them. */
    public boolean contain(String topic) {
        return names.contains(topic) || (!pattern.isEmpty() && topic.matches(pattern));
    }

    /** Returns a regular expression for the whole name of each of these topics. */
    private String expression() {
        // Of the characters that a name may have, only the point means something else in an expression.
        return pattern.isEmpty() ? String.join("|", names).replace(".", "\\.") : grouped(pattern);
    }

    @Override
    public String toString() {
        return pattern.isEmpty() ? String.join(", ", names) : "/" + pattern + "/";
    }
}
