package dev.glosstream.testkit;

import java.util.Collection;
import java.util.Objects;

/** Comparisons that fail with both sides, one line for each element. */
final class Expectations {
    private Expectations() {}

    /**
     * Asserts that two things are equal.
     *
     * @param what they are, for the message
     */
    static void same(String what, Object expected, Object got) {
        if (!Objects.equals(expected, got)) {
            throw new AssertionError(what + ": expected " + lines(expected) + ", got " + lines(got));
        }
    }

    private static String lines(Object value) {
        if (!(value instanceof Collection<?> elements)) {
            return String.valueOf(value);
        }
        if (elements.isEmpty()) {
            return "none";
        }
        StringBuilder text = new StringBuilder();
        elements.forEach(element -> text.append("\n    ").append(element));
        return text.append("\n ").toString();
    }
}
