package dev.glosstream.infer;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.List;

/** Scores with a TorchScript module; every native array of a call is released before it returns. */
final class TorchScriptScorer implements SequenceScorer {
    private final String model;
    private final TorchScriptModule module;
    private final NDManager manager;
    private final BatchBuffers buffers = new BatchBuffers();

    TorchScriptScorer(String model, TorchScriptModule module) {
        this.model = model;
        this.module = module;
        this.manager = module.newManager();
    }

    @Override
    public List<ScoreMatrix> score(PaddedBatch batch) {
        try (NDManager scratch = manager.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return ScoreTranslator.cut(batch, module.run(scratch, buffers.inputs(scratch, batch)));
        } catch (EngineException | IllegalArgumentException | IllegalStateException e) {
            throw new InferenceException("model '" + model + "': failed on " + batch, e);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
