package dev.glosstream.infer;

import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDScope;
import ai.djl.translate.TranslateException;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.List;

/** Scores with a DJL predictor; every native array of a call is released before it returns. */
final class DjlSequenceScorer implements SequenceScorer {
    private final String model;
    private final Predictor<PaddedBatch, List<ScoreMatrix>> predictor;

    DjlSequenceScorer(String model, Predictor<PaddedBatch, List<ScoreMatrix>> predictor) {
        this.model = model;
        this.predictor = predictor;
    }

    @Override
    public List<ScoreMatrix> score(PaddedBatch batch) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return predictor.predict(batch);
        } catch (TranslateException | EngineException | IllegalArgumentException | IllegalStateException e) {
            throw new InferenceException("model '" + model + "': failed on " + batch, e);
        }
    }

    @Override
    public void close() {
        predictor.close();
    }
}
