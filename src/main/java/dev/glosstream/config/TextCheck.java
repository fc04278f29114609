package dev.glosstream.config;

import java.util.Optional;

/** What is known of texts under any keys by whoever they are for: Kafka's clients, for one. */
@FunctionalInterface
public interface TextCheck {
    /** Objects to nothing. */
    TextCheck NONE = (key, text) -> Optional.empty();

    /**
     * Returns what is wrong with a text, {@code expected …, got …; what to do}; empty if nothing is.
     *
     * @param key within its section
     */
    Optional<String> mistake(String key, String text);
}
