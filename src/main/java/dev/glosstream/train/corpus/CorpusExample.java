package dev.glosstream.train.corpus;

import dev.glosstream.sequence.Entity;
import java.util.List;

/**
 * One labelled text.
 *
 * @param text the text
 * @param label its class; empty in a corpus of entities
 * @param entities its entities, in order, score 1; empty in a corpus of sentiment
 */
public record CorpusExample(String text, String label, List<Entity> entities) {

    /** Copies the entities. */
    public CorpusExample {
        entities = List.copyOf(entities);
    }

    /** Returns an example of sentiment. */
    public static CorpusExample ofSentiment(String text, String label) {
        return new CorpusExample(text, label, List.of());
    }

    /** Returns an example of entities. */
    public static CorpusExample ofEntities(String text, List<Entity> entities) {
        return new CorpusExample(text, "", entities);
    }

    /** Returns the same labels on another writing of the text of the same length. */
    public CorpusExample withText(String sameLength) {
        return new CorpusExample(sameLength, label, entities);
    }
}
