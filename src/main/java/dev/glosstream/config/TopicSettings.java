package dev.glosstream.config;

import java.util.List;

/**
 * The topics of a pipeline; all different, all legal topic names.
 *
 * @param input text events; of no effect if the pipeline names its sources
 * @param enriched events with all their labels
 * @param sentiment the sentiment alone
 * @param entities the entities alone
 * @param deadLetters what could not be labelled
 */
public record TopicSettings(String input, String enriched, String sentiment, String entities, String deadLetters) {
    // Before DEFAULT, whose construction needs it.
    /** What a topic may be called: Kafka's rule. */
    static final TextRule NAME =
            new TextRule("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}", "1 to 249 letters, digits, '.', '_' or '-'");

    /** The names that the documentation uses. */
    public static final TopicSettings DEFAULT =
            new TopicSettings("text-events", "enriched-events", "sentiment-labels", "entity-labels", "dead-letters");

    /** Validates the names and that they differ. */
    public TopicSettings {
        List<String> names = List.of(input, enriched, sentiment, entities, deadLetters);
        for (String name : names) {
            if (!NAME.accepts(name)) {
                throw new IllegalArgumentException("topics: expected " + NAME.words() + ", got '" + name + "'");
            }
        }
        if (names.stream().distinct().count() != names.size()) {
            throw new IllegalArgumentException("topics: expected five different names, got " + names);
        }
    }

    /** Returns the four topics that are written to. */
    public List<String> outputs() {
        return List.of(enriched, sentiment, entities, deadLetters);
    }
}
