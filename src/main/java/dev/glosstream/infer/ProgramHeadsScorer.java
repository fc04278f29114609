package dev.glosstream.infer;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.List;

/** Scores with a TorchScript module of several heads; every native array of a call is released before it returns. */
final class ProgramHeadsScorer implements JointScorer {
    private final String models;
    private final TorchScriptModule module;
    private final NDManager manager;

    /**
     * Creates a scorer.
     *
     * @param models their names, for messages
     */
    ProgramHeadsScorer(String models, TorchScriptModule module) {
        this.models = models;
        this.module = module;
        this.manager = module.newManager();
    }

    @Override
    public List<List<ScoreMatrix>> score(PaddedBatch batch) {
        try (NDManager scratch = manager.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return JointScorer.bySequence(module.runHeads(scratch, batch).stream()
                    .map(scores -> ScoreTranslator.cut(batch, scores))
                    .toList());
        } catch (EngineException | IllegalArgumentException | IllegalStateException e) {
            throw new InferenceException("models '" + models + "': failed on " + batch, e);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
