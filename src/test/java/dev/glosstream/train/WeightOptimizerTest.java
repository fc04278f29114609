package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.Initializer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WeightOptimizerTest {

    private static final float FLOAT_TOLERANCE = 1e-6f;
    private static final int ROWS = 4;
    private static final int WIDTH = 3;
    private static final int STEPS = 60;
    private static final LearningRate RATE = new LearningRate(0.01, 0, STEPS, LearningRate.Decay.CONSTANT);

    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void shouldMoveRowsThatAreRarelyLookedUpAsAdamDoesWithGradientsOfZero() {
        // Given a table of which a step looks up one row of four, the last one but once
        float[] reference = new float[ROWS * WIDTH];
        double[] means = new double[reference.length];
        double[] variances = new double[reference.length];
        HeapParameter table = table(ROWS);
        WeightOptimizer adam = new AdamOptimizer(RATE, 0, false);
        Random random = new Random(1);

        for (int step = 1; step <= STEPS; step++) {
            int row = step == 5 ? 3 : random.nextInt(3);
            float[] gradient = gradient(random);
            // When the row alone is moved, and all of Adam's arithmetic is done for the reference
            adam.settle(table, row, step - 1);
            adam.update(table, new int[] {row}, gradient, step);
            for (int cell = 0; cell < reference.length; cell++) {
                double slope = cell / WIDTH == row ? gradient[cell % WIDTH] : 0;
                means[cell] = 0.9 * means[cell] + 0.1 * slope;
                variances[cell] = 0.999 * variances[cell] + 0.001 * slope * slope;
                double mean = means[cell] / (1 - Math.pow(0.9, step));
                double variance = variances[cell] / (1 - Math.pow(0.999, step));
                reference[cell] -= (float) (0.01 * mean / (Math.sqrt(variance) + 1e-8));
            }
        }
        adam.settleAll(table, STEPS);

        // Then both end at the same values; the corrections of the first steps move while the series is summed
        for (int cell = 0; cell < reference.length; cell++) {
            double tolerance = cell / WIDTH == 3 ? 0.02 : 5e-3;
            assertThat(table.values()[cell]).as("cell %s", cell).isCloseTo(reference[cell], within((float) tolerance));
        }
    }

    @Test
    void shouldGiveTheSameValuesHoweverOftenRowsAreSettled() {
        HeapParameter often = table(1);
        HeapParameter once = table(1);
        for (WeightOptimizer optimizer : List.of(new AdamOptimizer(RATE, 0, false), new SgdOptimizer(RATE, 0.9, 0))) {
            for (HeapParameter table : List.of(often, once)) {
                optimizer.update(table, new int[] {0}, new float[] {1, -2, 3}, 1);
            }
            for (int step = 2; step <= STEPS; step++) {
                optimizer.settle(often, 0, step);
            }
            optimizer.settle(once, 0, STEPS);

            assertThat(often.values())
                    .usingComparatorWithPrecision(FLOAT_TOLERANCE)
                    .containsExactly(once.values());
        }
    }

    @Test
    void shouldRollOnWithMomentum() {
        HeapParameter table = table(1);
        WeightOptimizer sgd = new SgdOptimizer(RATE, 0.5, 0);

        sgd.update(table, new int[] {0}, new float[] {1, 2, 4}, 1);
        sgd.settle(table, 0, 2);
        sgd.update(table, new int[] {0}, new float[] {1, 0, 0}, 3);

        // Velocities of the first value 1, 0.5, 1.25; of the second 2, 1, 0.5
        assertThat(table.values()[0]).isCloseTo(-0.0275f, within(FLOAT_TOLERANCE));
        assertThat(table.values()[1]).isCloseTo(-0.035f, within(FLOAT_TOLERANCE));
    }

    @Test
    void shouldDecayWeightsApartFromTheGradientWithAdamW() {
        HeapParameter coupled = table(1);
        HeapParameter decoupled = table(1);
        for (HeapParameter table : List.of(coupled, decoupled)) {
            java.util.Arrays.fill(table.values(), 1f);
        }

        new AdamOptimizer(RATE, 0.1, false).update(coupled, new int[] {0}, new float[WIDTH], 1);
        new AdamOptimizer(RATE, 0.1, true).update(decoupled, new int[] {0}, new float[WIDTH], 1);

        // Adam's step has the length of the learning rate whatever the slope; the decoupled decay is a share of the
        // value
        assertThat(coupled.values()[0]).isCloseTo(0.99f, within(1e-5f));
        assertThat(decoupled.values()[0]).isCloseTo(0.999f, within(FLOAT_TOLERANCE));
    }

    @Test
    void shouldClipTheLengthOfAllGradientsTogetherAndEachValue() {
        float[] first = {3, 0};
        float[] second = {4};

        new GradientClipping(2.5, 1.8).clip(List.of(first, second));

        assertThat(first).containsExactly(1.5f, 0f);
        assertThat(second).containsExactly(1.8f);
    }

    @Test
    void shouldWarmUpAndDecay() {
        LearningRate cosine = new LearningRate(1, 4, 104, LearningRate.Decay.COSINE);
        LearningRate linear = new LearningRate(1, 4, 104, LearningRate.Decay.LINEAR);

        assertThat(cosine.at(1)).isCloseTo(0.24f, within(1e-5f));
        assertThat(cosine.at(5)).isEqualTo(1f);
        assertThat(cosine.at(55)).isCloseTo(0.525f, within(1e-5f));
        assertThat(cosine.at(30)).isGreaterThan(linear.at(30));
        assertThat(linear.at(105)).isCloseTo(0.05f, within(1e-5f));
        assertThat(new LearningRate(1, 0, 10, LearningRate.Decay.CONSTANT).at(9))
                .isEqualTo(1f);
    }

    private static float[] gradient(Random random) {
        float[] gradient = new float[WIDTH];
        for (int cell = 0; cell < WIDTH; cell++) {
            gradient[cell] = (float) (random.nextGaussian() + 0.5);
        }
        return gradient;
    }

    private HeapParameter table(int rows) {
        Parameter parameter = Parameter.builder()
                .setName("embedding")
                .setType(Parameter.Type.OTHER)
                .optInitializer(Initializer.ZEROS)
                .optShape(new Shape(rows, WIDTH))
                .build();
        parameter.initialize(manager, DataType.FLOAT32);
        return new HeapParameter(parameter, rows);
    }
}
