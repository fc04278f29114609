package dev.glosstream.pipeline;

import dev.glosstream.batch.BatchPlanner;
import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.infer.InferenceException;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Scores the sequences of a window in batches of like length, and keeps a failing one from its neighbours.
 *
 * <p>If a batch fails it is halved until the guilty sequences are alone: O(g log B) extra calls for {@code g} guilty ones
 * of {@code B}. A sequence that fails alone is refused, if the model still answers a probe; otherwise the model is at
 * fault and the whole window fails. Not thread-safe.
 */
final class BatchScorer {
    private final SequenceScorer scorer;
    private final BatchPlanner planner;
    private final BatchStatistics statistics;

    BatchScorer(SequenceScorer scorer, BatchPlanner planner, BatchStatistics statistics) {
        this.scorer = scorer;
        this.planner = planner;
        this.statistics = statistics;
    }

    /**
     * Scores a window.
     *
     * @return one outcome per sequence, in their order
     * @throws ModelFaultException if the model fails on everything
     */
    List<Outcome<ScoreMatrix>> score(List<TokenIds> sequences) {
        List<Outcome<ScoreMatrix>> outcomes = new ArrayList<>(Collections.nCopies(sequences.size(), null));
        List<Integer> lengths = sequences.stream().map(TokenIds::sequenceLength).toList();
        for (List<Integer> batch : planner.plan(lengths)) {
            List<Outcome<ScoreMatrix>> scored =
                    isolate(batch.stream().map(sequences::get).toList());
            for (int position = 0; position < batch.size(); position++) {
                outcomes.set(batch.get(position), scored.get(position));
            }
        }
        return outcomes;
    }

    private List<Outcome<ScoreMatrix>> isolate(List<TokenIds> sequences) {
        try {
            return scoreBatch(sequences).stream().map(BatchScorer::finite).toList();
        } catch (InferenceException failure) {
            if (failure.isOutOfMemory()) {
                throw new ModelFaultException("out of memory on " + sequences.size() + " sequences", failure);
            }
            if (sequences.size() == 1) {
                return List.of(refuse(sequences.get(0), failure));
            }
        }
        int half = sequences.size() / 2;
        List<Outcome<ScoreMatrix>> outcomes = new ArrayList<>(isolate(sequences.subList(0, half)));
        outcomes.addAll(isolate(sequences.subList(half, sequences.size())));
        return outcomes;
    }

    private List<ScoreMatrix> scoreBatch(List<TokenIds> sequences) {
        PaddedBatch batch = new PaddedBatch(sequences);
        List<ScoreMatrix> scores = scorer.score(batch);
        long real = sequences.stream().mapToLong(TokenIds::sequenceLength).sum();
        statistics.add(batch.batchSize(), real, (long) batch.batchSize() * batch.paddedLength());
        return scores;
    }

    private static Outcome<ScoreMatrix> finite(ScoreMatrix scores) {
        if (scores.isFinite()) {
            return Outcome.accepted(scores);
        }
        return Outcome.rejected(
                RejectionReason.INFERENCE_FAILED, "scores: expected finite numbers, got NaN or infinity");
    }

    private Outcome<ScoreMatrix> refuse(TokenIds sequence, InferenceException failure) {
        requireAnswer(sequence.columnCount(), failure);
        return Outcome.rejected(
                RejectionReason.INFERENCE_FAILED,
                "inference: expected scores for a sequence of " + sequence.sequenceLength() + " tokens, got "
                        + failure.rootMessage());
    }

    /** Asks the model about one unknown token: a model that cannot answer that is broken for everybody. */
    private void requireAnswer(int columns, InferenceException failure) {
        int[][] unknown = new int[columns][1];
        for (int[] column : unknown) {
            column[0] = 1;
        }
        try {
            scorer.score(new PaddedBatch(List.of(new TokenIds(unknown))));
        } catch (InferenceException again) {
            again.addSuppressed(failure);
            throw new ModelFaultException(
                    "the model fails on a probe of one unknown token; restart with a sound one", again);
        }
    }
}
