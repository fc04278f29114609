package dev.glosstream.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The mistakes found so far in one settings file and its overrides. One thread. */
final class Mistakes {
    private final List<Mistake> found = new ArrayList<>();

    /**
     * One mistake.
     *
     * @param origin where it stands
     * @param key dotted path of the setting, empty for the file as a whole
     * @param what the rule and what was found
     */
    private record Mistake(Origin origin, String key, String what) {
        String line() {
            return origin.place() + (key.isEmpty() ? "" : key + ": ") + what;
        }
    }

    /** Adds a mistake. */
    void add(Origin origin, String key, String what) {
        found.add(new Mistake(origin, key, what));
    }

    /** Returns whether there is none. */
    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns the exception that reports them all, those of the file first, by line. */
    ConfigException toException() {
        return new ConfigException(found.stream()
                .sorted(Comparator.comparingInt(mistake -> mistake.origin().line()))
                .map(Mistake::line)
                .distinct()
                .toList());
    }
}
