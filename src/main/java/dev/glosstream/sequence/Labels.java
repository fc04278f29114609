package dev.glosstream.sequence;

import java.util.List;
import java.util.Optional;

/**
 * All labels of one text.
 *
 * @param sentiment the sentiment; empty if the pipeline has no such task
 * @param entities the entities in text order, not overlapping; empty optional if the pipeline has no such task
 * @param tokenCount tokens of the whole text, before truncation, at least 1
 * @param truncated whether a model read only the first tokens
 */
public record Labels(
        Optional<Sentiment> sentiment, Optional<List<Entity>> entities, int tokenCount, boolean truncated) {

    /** Copies the entities. */
    public Labels {
        entities = entities.map(List::copyOf);
    }
}
