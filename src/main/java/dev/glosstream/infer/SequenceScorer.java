package dev.glosstream.infer;

import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.List;

/**
 * A model as the stages see it: padded batch in, one score matrix per sequence out.
 *
 * <p>One thread at a time. The answer for a sequence does not depend on its neighbours in the batch, nor on padding,
 * beyond rounding.
 */
public interface SequenceScorer extends AutoCloseable {

    /**
     * Scores a batch.
     *
     * @return one matrix per sequence, in their order
     * @throws InferenceException if the model fails on this batch
     */
    List<ScoreMatrix> score(PaddedBatch batch);

    /** Releases what this scorer holds; the loaded model stays. */
    @Override
    void close();
}
