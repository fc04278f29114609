package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glosstream.label.CrfFixtures;
import dev.glosstream.label.LinearChainCrf;
import dev.glosstream.model.CrfTransitions;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrfLossTest {
    /** Single precision over a few hundred additions. */
    private static final double TOLERANCE = 1e-4;

    private static final BioTagSet TAGS = BioTagSet.of(List.of("PER", "LOC"));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void shouldEqualTheNegativeLogProbabilityOfTheTruePathsOverAllPaths(long seed) {
        // Given sequences of mixed length, with a legal path each
        Random random = new Random(seed);
        CrfTransitions transitions = CrfFixtures.transitions(TAGS, random);
        List<ScoreMatrix> emissions = new ArrayList<>();
        List<int[]> paths = new ArrayList<>();
        for (int length : new int[] {1, 5, 3, 4}) {
            emissions.add(CrfFixtures.emissions(length, TAGS.size(), random));
            List<int[]> legal = CrfFixtures.legalPaths(TAGS, length);
            paths.add(legal.get(random.nextInt(legal.size())));
        }

        // When the loss of the batch is computed by the engine
        double loss = loss(transitions, emissions, paths);

        // Then it is the mean over the sequences, by brute force
        assertThat(loss).isCloseTo(bruteForce(transitions, emissions, paths), within(TOLERANCE));
    }

    @Test
    void shouldTakeSequencesOfOneToken() {
        Random random = new Random(4);
        CrfTransitions transitions = CrfFixtures.transitions(TAGS, random);
        List<ScoreMatrix> emissions = List.of(CrfFixtures.emissions(1, TAGS.size(), random));
        List<int[]> paths = List.of(new int[] {BioTagSet.OUTSIDE});

        assertThat(loss(transitions, emissions, paths))
                .isCloseTo(bruteForce(transitions, emissions, paths), within(TOLERANCE));
    }

    @Test
    void shouldWeighSequences() {
        // Given two sequences, one of which counts three times
        Random random = new Random(5);
        CrfTransitions transitions = CrfFixtures.transitions(TAGS, random);
        List<ScoreMatrix> emissions =
                List.of(CrfFixtures.emissions(3, TAGS.size(), random), CrfFixtures.emissions(2, TAGS.size(), random));
        List<int[]> paths = List.of(new int[3], new int[] {0, 1});

        // Then the mean over the two is of the losses times their weights
        double first = bruteForce(transitions, emissions.subList(0, 1), paths.subList(0, 1));
        double second = bruteForce(transitions, emissions.subList(1, 2), paths.subList(1, 2));
        assertThat(loss(transitions, emissions, paths, 3, 1)).isCloseTo((3 * first + second) / 2, within(TOLERANCE));
    }

    private static double bruteForce(CrfTransitions transitions, List<ScoreMatrix> emissions, List<int[]> paths) {
        LinearChainCrf crf = new LinearChainCrf(TAGS, transitions);
        double sum = 0;
        for (int index = 0; index < paths.size(); index++) {
            ScoreMatrix scores = emissions.get(index);
            double all = CrfFixtures.legalPaths(TAGS, scores.rows()).stream()
                    .mapToDouble(path -> Math.exp(crf.pathScore(scores, path)))
                    .sum();
            sum += Math.log(all) - crf.pathScore(scores, paths.get(index));
        }
        return sum / paths.size();
    }

    private static double loss(
            CrfTransitions transitions, List<ScoreMatrix> emissions, List<int[]> paths, float... weights) {
        List<EncodedExample> batch = new ArrayList<>();
        for (int[] path : paths) {
            TokenIds ids = new TokenIds(path.length, new int[1][path.length]);
            float weight = weights.length == 0 ? 1 : weights[batch.size()];
            batch.add(EncodedExample.ofTags(ids, path, weight));
        }
        PaddedBatch padded =
                new PaddedBatch(batch.stream().map(EncodedExample::ids).toList());
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            NDList predictions = new NDList(
                    paddedEmissions(manager, emissions, padded.paddedLength()),
                    manager.create(padded.attentionMask(), new Shape(padded.batchSize(), padded.paddedLength(), 1)),
                    matrix(manager, transitions.transitions()),
                    column(manager, transitions.start()),
                    column(manager, transitions.end()));
            NDList labels = TargetArrays.ofTags(manager, batch, padded.paddedLength(), TAGS.size());
            return new CrfLoss(TAGS).evaluate(labels, predictions).getFloat();
        }
    }

    /** Emissions side by side, with rubbish where there is padding. */
    private static NDArray paddedEmissions(NDManager manager, List<ScoreMatrix> emissions, int paddedLength) {
        float[] cells = new float[emissions.size() * paddedLength * TAGS.size()];
        Arrays.fill(cells, 99f);
        for (int row = 0; row < emissions.size(); row++) {
            for (int position = 0; position < emissions.get(row).rows(); position++) {
                for (int tag = 0; tag < TAGS.size(); tag++) {
                    cells[(row * paddedLength + position) * TAGS.size() + tag] =
                            emissions.get(row).at(position, tag);
                }
            }
        }
        return manager.create(cells, new Shape(emissions.size(), paddedLength, TAGS.size()));
    }

    private static NDArray matrix(NDManager manager, List<List<Float>> rows) {
        List<Float> cells = rows.stream().flatMap(List::stream).toList();
        return column(manager, cells).reshape(TAGS.size(), TAGS.size());
    }

    private static NDArray column(NDManager manager, List<Float> values) {
        float[] cells = new float[values.size()];
        for (int index = 0; index < cells.length; index++) {
            cells[index] = values.get(index);
        }
        return manager.create(cells, new Shape(cells.length, 1));
    }
}
