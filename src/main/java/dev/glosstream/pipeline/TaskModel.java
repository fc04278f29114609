package dev.glosstream.pipeline;

import dev.glosstream.infer.JointModel;
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
 * @param joint what it was loaded together with, to be run as one; empty for a model by itself
 */
public record TaskModel(
        ModelBundle bundle, ServedPrecision precision, Supplier<SequenceScorer> scorers, Optional<JointModel> joint) {

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
        return new TaskModel(loaded.bundle(), loaded.precision(), loaded::newScorer, Optional.empty());
    }

    /**
     * Returns the model of each bundle of one encoder.
     *
     * @throws BundleException if the stages of this program cannot feed one
     */
    static List<TaskModel> of(JointModel joint) {
        joint.bundles().forEach(TokenEncoder::requireTokenizer);
        return joint.bundles().stream()
                .map(bundle ->
                        new TaskModel(bundle, joint.precision(), () -> joint.newScorer(bundle), Optional.of(joint)))
                .toList();
    }

    /** Returns what the model predicts. */
    public Task task() {
        return bundle.task();
    }
}
