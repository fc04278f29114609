package dev.glosstream.observe;

import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Task;
import java.util.Set;

/**
 * Hears what a pipeline does, record by record and batch by batch; every method does nothing unless it is overridden.
 *
 * <p>Called on the threads that do the work, several at once: an implementation must be safe and quick, must not throw, and
 * must not keep what it is given. One listener serves all threads, so it outlives any of them.
 *
 * <p>What is heard is what the threads did. After a crash or a rebalance work is done again whose transaction was aborted:
 * that is heard twice, though it shows once in the output.
 */
public interface PipelineListener {
    /** Hears nothing. */
    PipelineListener SILENT = new PipelineListener() {};

    /** A record was read from an input topic. */
    default void received() {}

    /** A text is about to be checked, tokenized and looked up; returns a mark, which {@link #prepared} is given back. */
    default long preparing() {
        return 0;
    }

    /**
     * A text was checked, tokenized and looked up, or refused.
     *
     * @param mark what {@link #preparing} returned on this thread
     */
    default void prepared(long mark) {}

    /**
     * A window was closed and is about to be labelled.
     *
     * @param texts how many waited in it, at least 1
     */
    default void windowClosed(int texts) {}

    /**
     * A record left its window.
     *
     * @param waitMs from its arrival there, 0 or more; one that was restored after a restart counts as overdue from there on
     */
    default void waited(long waitMs) {}

    /** A batch is about to be scored; returns a mark, which {@link #scored} is given back. */
    default long scoring() {
        return 0;
    }

    /**
     * A batch was scored.
     *
     * @param tasks of the models: one, or several that share an encoder
     * @param batch its rows and its padded length
     * @param realTokens tokens of the batch without padding
     * @param mark what {@link #scoring} returned on this thread
     */
    default void scored(Set<Task> tasks, PaddedBatch batch, long realTokens, long mark) {}

    /** A text of a record was labelled; a record has one, or several, or none. */
    default void textLabelled(Labels labels) {}

    /**
     * All texts of a record were labelled, and its results go to their topics.
     *
     * @param latencyMs from the record's timestamp to now; negative if the timestamp lies ahead of the clock
     */
    default void labelled(long latencyMs) {}

    /**
     * A record was refused, and goes to the dead letters.
     *
     * @param latencyMs from the record's timestamp to now; negative if the timestamp lies ahead of the clock
     */
    default void refused(RejectionReason reason, long latencyMs) {}
}
