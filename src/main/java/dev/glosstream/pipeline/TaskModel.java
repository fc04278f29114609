package dev.glosstream.pipeline;

import dev.glosstream.infer.JointScorer;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.infer.ServedPrecision;
import dev.glosstream.model.BundleException;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Task;
import dev.glosstream.tokenize.TokenEncoder;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A model that the stages can be put together with: its bundle, and where scorers come from.
 *
 * @param bundle vocabularies, labels, provenance
 * @param precision that its scorers compute in, and why
 * @param scorers makes one scorer per thread
 * @param loaded the model in memory, which may share an encoder with others; empty for one that shares nothing
 */
public record TaskModel(
        ModelBundle bundle, ServedPrecision precision, Supplier<SequenceScorer> scorers, Optional<LoadedModel> loaded) {

    /** Creates a model of somebody else's scorers, which compute as the bundle says and share nothing. */
    public TaskModel(ModelBundle bundle, Supplier<SequenceScorer> scorers) {
        this(bundle, ServedPrecision.asStated(bundle), scorers, Optional.empty());
    }

    /**
     * Returns the model of a loaded bundle.
     *
     * @throws BundleException if the stages of this program cannot feed it
     */
    public static TaskModel of(LoadedModel loaded) {
        TokenEncoder.requireTokenizer(loaded.bundle());
        return new TaskModel(loaded.bundle(), loaded.precision(), loaded::newScorer, Optional.of(loaded));
    }

    /** Returns whether one encoder may be run for this model and another. */
    boolean sharesEncoder(TaskModel other) {
        return loaded.isPresent() && other.loaded.isPresent() && loaded.get().sharesEncoder(other.loaded.get());
    }

    /**
     * Returns a scorer for one thread.
     *
     * @param models at least one; each {@link #sharesEncoder} with the first
     */
    static JointScorer newScorer(List<TaskModel> models) {
        return models.size() == 1
                ? JointScorer.of(models.get(0).scorers.get())
                : LoadedModel.newScorer(
                        models.stream().flatMap(model -> model.loaded.stream()).toList());
    }

    /** Returns what the model predicts. */
    public Task task() {
        return bundle.task();
    }
}
