package dev.glosstream.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a record something stands: {@code payload.review.body}, {@code comments[].text}, {@code tags[]}, {@code
 * labels['a.b']}, {@code $}.
 *
 * <p>A name leads into a record, an object or a map; {@code []} to every element of a list; {@code ['…']} is a name with any
 * characters ({@code ''} for a quote); {@code $} is the whole value. A question mark at the end says that there may be
 * nothing.
 *
 * @param steps from the whole value to the field; empty for the whole value
 * @param optional whether a record may do without
 */
public record FieldPath(List<Step> steps, boolean optional) {
    private static final String NAME = "[^\\s.\\[\\]?'$](?:[^.\\[\\]?']*[^\\s.\\[\\]?'])?";
    private static final String QUOTED = "\\['((?:[^']|'')+)']";
    private static final String NEXT = "(\\." + NAME + "|" + QUOTED + "|\\[])";
    private static final Pattern STEP = Pattern.compile(QUOTED + "|\\[]|" + NAME);
    private static final Pattern PLAIN = Pattern.compile(NAME);

    /** How a path is written. */
    static final TextRule RULE = new TextRule(
            "(\\$|(" + NAME + "|" + QUOTED + "|\\[])" + NEXT + "*)\\??",
            "a path (body, payload.review.body, comments[].text, labels['a.b']; '?' at its end if it may be missing)");

    /**
     * One step of a path.
     *
     * @param name what leads on; empty for every element of a list
     */
    public record Step(String name) {
        private static final Step EACH = new Step("");

        /** Returns whether this leads to every element of a list. */
        public boolean isEach() {
            return name.isEmpty();
        }
    }

    /** Copies the steps. */
    public FieldPath {
        steps = List.copyOf(steps);
    }

    /**
     * Returns a path as it is written.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static FieldPath of(String written) {
        if (!RULE.accepts(written)) {
            throw new IllegalArgumentException("path: expected " + RULE.words() + ", got '" + written + "'");
        }
        boolean optional = written.endsWith("?");
        String path = optional ? written.substring(0, written.length() - 1) : written;
        return new FieldPath(path.equals("$") ? List.of() : steps(path), optional);
    }

    private static List<Step> steps(String path) {
        List<Step> steps = new ArrayList<>();
        Matcher matcher = STEP.matcher(path);
        while (matcher.find()) {
            String quoted = matcher.group(1);
            String step = matcher.group();
            steps.add(step.equals("[]") ? Step.EACH : new Step(quoted == null ? step : quoted.replace("''", "'")));
        }
        return steps;
    }

    /** Returns whether it may lead to several values. */
    public boolean isList() {
        return steps.stream().anyMatch(Step::isEach);
    }

    /** Returns the first steps of this path as they are written; {@code $} for none of them. */
    public String prefix(int length) {
        return prefix(length, List.of());
    }

    /**
     * Returns the first steps of this path with the elements that they led to.
     *
     * @param indexes from 0, of as many lists as are known; {@code []} stands for the others
     */
    public String prefix(int length, List<Integer> indexes) {
        StringBuilder written = new StringBuilder();
        int list = 0;
        for (Step step : steps.subList(0, length)) {
            if (step.isEach()) {
                written.append('[')
                        .append(list < indexes.size() ? indexes.get(list).toString() : "")
                        .append(']');
                list++;
            } else if (PLAIN.matcher(step.name()).matches()) {
                written.append(written.isEmpty() ? "" : ".").append(step.name());
            } else {
                written.append("['").append(step.name().replace("'", "''")).append("']");
            }
        }
        return written.isEmpty() ? "$" : written.toString();
    }

    /** Returns the path as it is written, without the question mark. */
    public String path() {
        return prefix(steps.size());
    }

    @Override
    public String toString() {
        return path() + (optional ? "?" : "");
    }
}
