package dev.glosstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.batch.BatchPlanner;
import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.infer.InferenceException;
import dev.glosstream.infer.JointScorer;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchScorerTest {
    private static final int POISON = 666;

    private final BatchStatistics statistics = new BatchStatistics();

    @ParameterizedTest(name = "{0} poisoned of 64")
    @ValueSource(ints = {0, 1, 2, 7, 63})
    void shouldKeepPoisonFromItsNeighbours(int poisoned) {
        // Given 64 sequences of different lengths, some of which the model cannot stand
        List<TokenIds> sequences = IntStream.range(0, 64)
                .mapToObj(index -> sequence(1 + index % 9, isPoisoned(index, poisoned) ? POISON : index))
                .toList();

        // When they are scored
        List<Outcome<List<ScoreMatrix>>> outcomes = score(new PoisonableScorer(), sequences);

        // Then each sound one has its own scores, and each poisoned one a reason
        for (int index = 0; index < 64; index++) {
            int expected = index;
            boolean isPoisoned = isPoisoned(index, poisoned);
            assertThat(outcomes.get(index)
                            .<Object>fold(scores -> (int) scores.get(0).at(0, 0), rejection -> rejection.reason()))
                    .isEqualTo(isPoisoned ? RejectionReason.INFERENCE_FAILED : (Object) expected);
        }
    }

    @Test
    void shouldKeepPoisonFromItsNeighboursForSeveralModelsAtOnce() {
        // Given two models on one encoder: one fails on a poisoned sequence, the other has no numbers for id 105
        JointScorer both =
                new PairScorer(new PoisonableScorer(), new FunctionScorer(batch -> IntStream.range(0, batch.batchSize())
                        .mapToObj(row -> batch.ids(0)[row * batch.paddedLength()])
                        .map(id -> new ScoreMatrix(new float[] {id == 105 ? Float.NaN : -id}, 1))
                        .toList()));
        List<TokenIds> sequences = IntStream.range(0, 16)
                .mapToObj(index -> sequence(1 + index % 3, index == 11 ? POISON : 100 + index))
                .toList();

        List<Outcome<List<ScoreMatrix>>> outcomes = score(both, sequences);

        // Then those two are refused, and all others have the scores of both models
        for (int index = 0; index < 16; index++) {
            float expected = 100 + index;
            assertThat(outcomes.get(index)
                            .<Object>fold(
                                    scores -> List.of(
                                            scores.get(0).at(0, 0),
                                            scores.get(1).at(0, 0)),
                                    rejection -> rejection.reason()))
                    .isEqualTo(
                            index == 11 || index == 5
                                    ? RejectionReason.INFERENCE_FAILED
                                    : (Object) List.of(expected, -expected));
        }
    }

    private static boolean isPoisoned(int index, int poisoned) {
        return index * 37 % 64 < poisoned;
    }

    @Test
    void shouldRefuseScoresThatAreNotNumbers() {
        SequenceScorer broken = new FunctionScorer(batch -> IntStream.range(0, batch.batchSize())
                .mapToObj(row -> new ScoreMatrix(new float[] {row == 1 ? Float.NaN : row}, 1))
                .toList());

        List<Outcome<List<ScoreMatrix>>> outcomes =
                score(broken, List.of(sequence(2, 5), sequence(2, 6), sequence(2, 7)));

        assertThat(outcomes.stream().map(outcome -> outcome.fold(scores -> "scores", rejection -> "refused")))
                .containsExactly("scores", "refused", "scores");
    }

    @Test
    void shouldBlameTheModelThatFailsOnEverything() {
        SequenceScorer dead = new FunctionScorer(batch -> {
            throw new InferenceException("failed", new IllegalStateException("the engine is gone"));
        });

        assertThatThrownBy(() -> score(dead, List.of(sequence(1, 1), sequence(2, 2))))
                .isInstanceOf(ModelFaultException.class)
                .hasMessageContaining("expected an answer to a probe");
    }

    @Test
    void shouldBlameTheModelWhoseScoresAreNeverNumbers() {
        SequenceScorer diverged = new FunctionScorer(batch -> IntStream.range(0, batch.batchSize())
                .mapToObj(row -> new ScoreMatrix(new float[] {Float.NaN}, 1))
                .toList());

        assertThatThrownBy(() -> score(diverged, List.of(sequence(1, 1), sequence(2, 2))))
                .isInstanceOf(ModelFaultException.class)
                .hasMessageContaining("expected finite scores for a probe");
    }

    @Test
    void shouldNotBlameARecordForWantOfMemory() {
        SequenceScorer starving = new FunctionScorer(batch -> {
            if (batch.batchSize() > 1 || batch.paddedLength() > 1) {
                throw new InferenceException("failed", new IllegalStateException("can't allocate memory: 12345"));
            }
            return List.of(new ScoreMatrix(new float[] {1}, 1));
        });

        assertThatThrownBy(() -> score(starving, List.of(sequence(3, 1))))
                .isInstanceOf(ModelFaultException.class)
                .hasMessageContaining("expected memory for a batch of 1 sequences");
    }

    @Test
    void shouldCountBatchesAndPadding() {
        score(new PoisonableScorer(), List.of(sequence(2, 1), sequence(4, 2)));

        assertThat(statistics.batches()).isEqualTo(1);
        assertThat(statistics.meanFill()).isEqualTo(2);
        assertThat(statistics.paddingRatio()).isEqualTo(8 / 6.0);
    }

    private List<Outcome<List<ScoreMatrix>>> score(SequenceScorer scorer, List<TokenIds> sequences) {
        return score(JointScorer.of(scorer), sequences);
    }

    private List<Outcome<List<ScoreMatrix>>> score(JointScorer scorer, List<TokenIds> sequences) {
        List<Integer> lengths = sequences.stream().map(TokenIds::sequenceLength).toList();
        return new BatchScorer(Set.of(Task.SENTIMENT, Task.ENTITIES), scorer, statistics)
                .score(sequences, new BatchPlanner(64).plan(lengths));
    }

    private static TokenIds sequence(int length, int id) {
        int[] ids = new int[length];
        ids[0] = id;
        return new TokenIds(ids.length, new int[][] {ids});
    }

    /** Answers each sequence with its first id, and fails on any batch with a poisoned one in it. */
    private static final class PoisonableScorer implements SequenceScorer {
        @Override
        public List<ScoreMatrix> score(PaddedBatch batch) {
            long[] ids = batch.ids(0);
            List<ScoreMatrix> scores = new ArrayList<>();
            for (int row = 0; row < batch.batchSize(); row++) {
                long first = ids[row * batch.paddedLength()];
                if (first == POISON) {
                    throw new InferenceException("failed", new IllegalArgumentException("poison"));
                }
                scores.add(new ScoreMatrix(new float[] {first}, 1));
            }
            return scores;
        }

        @Override
        public void close() {}
    }

    /** Asks two models, as one would that runs their encoder once. */
    private record PairScorer(SequenceScorer first, SequenceScorer second) implements JointScorer {
        @Override
        public List<List<ScoreMatrix>> score(PaddedBatch batch) {
            List<ScoreMatrix> one = first.score(batch);
            List<ScoreMatrix> other = second.score(batch);
            return IntStream.range(0, batch.batchSize())
                    .mapToObj(row -> List.of(one.get(row), other.get(row)))
                    .toList();
        }

        @Override
        public void close() {}
    }

    private record FunctionScorer(Function<PaddedBatch, List<ScoreMatrix>> answer) implements SequenceScorer {
        @Override
        public List<ScoreMatrix> score(PaddedBatch batch) {
            return answer.apply(batch);
        }

        @Override
        public void close() {}
    }
}
