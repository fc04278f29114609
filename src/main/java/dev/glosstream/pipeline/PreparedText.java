package dev.glosstream.pipeline;

import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import java.util.Map;

/**
 * A text ready for the models.
 *
 * @param text the text and its tokens, at least one
 * @param ids what each task's model reads of it
 */
public record PreparedText(TokenizedText text, Map<Task, TokenIds> ids) {

    /** Copies the ids. */
    public PreparedText {
        ids = Map.copyOf(ids);
    }

    /** Returns the number of tokens that the longest-reading model reads. */
    public int sequenceLength() {
        return ids.values().stream().mapToInt(TokenIds::sequenceLength).max().orElse(0);
    }

    /** Returns whether a model reads only the first tokens. */
    public boolean isTruncated() {
        return ids.values().stream()
                .anyMatch(read -> read.sequenceLength() < text.tokens().size());
    }
}
