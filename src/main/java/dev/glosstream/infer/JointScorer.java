package dev.glosstream.infer;

import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * One model, or several that share an encoder, as the stages see them: padded batch in, the scores of each model out.
 *
 * <p>One thread at a time. The answer for a sequence does not depend on its neighbours in the batch, nor on padding, beyond
 * rounding; that of a model does not depend on the others.
 */
public interface JointScorer extends AutoCloseable {

    /**
     * Scores a batch.
     *
     * @return for each sequence, in their order, one matrix per model, in theirs
     * @throws InferenceException if a model fails on this batch
     */
    List<List<ScoreMatrix>> score(PaddedBatch batch);

    /** Releases what this scorer holds; the loaded models stay. */
    @Override
    void close();

    /** Returns a scorer of one model, which closes what it is given. */
    static JointScorer of(SequenceScorer scorer) {
        return new JointScorer() {
            @Override
            public List<List<ScoreMatrix>> score(PaddedBatch batch) {
                return scorer.score(batch).stream().map(List::of).toList();
            }

            @Override
            public void close() {
                scorer.close();
            }
        };
    }

    /** Turns the answers of each model, one per sequence, into those for each sequence, one per model. */
    static List<List<ScoreMatrix>> bySequence(int sequences, List<List<ScoreMatrix>> ofModels) {
        List<List<ScoreMatrix>> all = new ArrayList<>(sequences);
        for (int row = 0; row < sequences; row++) {
            int sequence = row;
            all.add(ofModels.stream().map(scores -> scores.get(sequence)).toList());
        }
        return all;
    }
}
