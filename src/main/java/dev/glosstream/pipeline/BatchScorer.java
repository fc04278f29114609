package dev.glosstream.pipeline;

import dev.glosstream.infer.InferenceException;
import dev.glosstream.infer.JointScorer;
import dev.glosstream.model.IdSpace;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scores the sequences of a window batch by batch, and keeps a failing one from its neighbours.
 *
 * <p>If a batch fails it is halved until the guilty sequences are alone: O(g log B) extra calls for {@code g} guilty ones
 * of {@code B}. A sequence that fails alone is refused, if the model still answers a probe; otherwise the model is at
 * fault and the whole window fails. Not thread-safe.
 */
final class BatchScorer {
    private final Set<Task> tasks;
    private final JointScorer scorer;
    private final PipelineListener listener;

    /**
     * Creates a scorer of windows.
     *
     * @param tasks of the models behind the scorer, for the listener
     * @param listener hears of every batch that was scored
     */
    BatchScorer(Set<Task> tasks, JointScorer scorer, PipelineListener listener) {
        this.tasks = Set.copyOf(tasks);
        this.scorer = scorer;
        this.listener = listener;
    }

    /**
     * Scores a window.
     *
     * @param batches indices of the sequences that are scored together; each occurs once
     * @return one outcome per sequence, in their order: the scores of each model
     * @throws ModelFaultException if the model fails on everything
     */
    List<Outcome<List<ScoreMatrix>>> score(List<TokenIds> sequences, List<List<Integer>> batches) {
        List<Outcome<List<ScoreMatrix>>> outcomes = new ArrayList<>(Collections.nCopies(sequences.size(), null));
        for (List<Integer> batch : batches) {
            List<Outcome<List<ScoreMatrix>>> scored =
                    isolate(batch.stream().map(sequences::get).toList());
            for (int position = 0; position < batch.size(); position++) {
                outcomes.set(batch.get(position), scored.get(position));
            }
        }
        return outcomes;
    }

    private List<Outcome<List<ScoreMatrix>>> isolate(List<TokenIds> sequences) {
        try {
            List<List<ScoreMatrix>> scores = scoreBatch(sequences);
            return IntStream.range(0, scores.size())
                    .mapToObj(row -> finite(sequences.get(row), scores.get(row)))
                    .toList();
        } catch (InferenceException failure) {
            if (failure.isOutOfMemory()) {
                throw new ModelFaultException(
                        "engine: expected memory for a batch of " + sequences.size()
                                + " sequences, got none; lower batching.tokenBudget",
                        failure);
            }
            if (sequences.size() == 1) {
                return List.of(refuse(sequences.get(0), failure));
            }
        }
        int half = sequences.size() / 2;
        List<Outcome<List<ScoreMatrix>>> outcomes = new ArrayList<>(isolate(sequences.subList(0, half)));
        outcomes.addAll(isolate(sequences.subList(half, sequences.size())));
        return outcomes;
    }

    private List<List<ScoreMatrix>> scoreBatch(List<TokenIds> sequences) {
        PaddedBatch batch = new PaddedBatch(sequences);
        long mark = listener.scoring();
        List<List<ScoreMatrix>> scores = scorer.score(batch);
        long real = sequences.stream().mapToLong(TokenIds::sequenceLength).sum();
        listener.scored(tasks, batch, real, mark);
        return scores;
    }

    private Outcome<List<ScoreMatrix>> finite(TokenIds sequence, List<ScoreMatrix> scores) {
        if (isFinite(scores)) {
            return Outcome.accepted(scores);
        }
        requireAnswer(sequence, null);
        return Outcome.rejected(
                RejectionReason.INFERENCE_FAILED, "scores: expected finite numbers, got NaN or infinity");
    }

    private static boolean isFinite(List<ScoreMatrix> scores) {
        return scores.stream().allMatch(ScoreMatrix::isFinite);
    }

    private Outcome<List<ScoreMatrix>> refuse(TokenIds sequence, InferenceException failure) {
        requireAnswer(sequence, failure);
        return Outcome.rejected(
                RejectionReason.INFERENCE_FAILED,
                "inference: expected scores for a sequence of " + sequence.sequenceLength() + " tokens, got "
                        + failure.rootMessage());
    }

    /** Asks the model about one unknown token: a model that cannot answer that is broken for everybody. */
    private void requireAnswer(TokenIds like, @Nullable InferenceException failure) {
        int[][] unknown = new int[like.columnCount()][];
        for (int column = 0; column < unknown.length; column++) {
            unknown[column] = new int[like.idsPerToken(column)];
            unknown[column][0] = IdSpace.UNKNOWN_ID;
        }
        List<List<ScoreMatrix>> answer;
        try {
            answer = scorer.score(new PaddedBatch(List.of(new TokenIds(1, unknown))));
        } catch (InferenceException again) {
            if (failure != null) {
                again.addSuppressed(failure);
            }
            throw new ModelFaultException(
                    "model: expected an answer to a probe of one unknown token, got a failure; restart with a sound one",
                    again);
        }
        if (!isFinite(answer.get(0))) {
            throw new ModelFaultException(
                    "model: expected finite scores for a probe of one unknown token, got NaN or infinity; restart with a"
                            + " sound one",
                    failure);
        }
    }
}
