package dev.glosstream.peers;

import dev.glosstream.app.bench.BaselineStages;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The stages of one subtask. Travels there as bytes, closed; its function opens it where it runs, uses it on its thread and
 * closes it.
 */
final class SubtaskStages implements Serializable, AutoCloseable {
    private static final long serialVersionUID = 1L;

    private final PeerModels models;
    private transient @Nullable BaselineStages stages;

    /** Describes the stages; models are loaded where they are opened. */
    SubtaskStages(PeerModels models) {
        this.models = models;
    }

    /** Makes the stages; the first ones of a process load the models. */
    void open() {
        stages = models.newStages();
    }

    /**
     * Returns the stages.
     *
     * @throws IllegalStateException if they are not open
     */
    BaselineStages get() {
        if (stages == null) {
            throw new IllegalStateException("stages of a subtask: expected open before use");
        }
        return stages;
    }

    @Override
    public void close() {
        if (stages != null) {
            stages.close();
            stages = null;
        }
    }
}
