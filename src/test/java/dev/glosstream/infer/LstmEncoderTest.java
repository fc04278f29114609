package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.initializer.NormalInitializer;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.LstmSettings.Directions;
import dev.glosstream.model.LstmSettings.InitialState;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LstmEncoderTest {
    /** Single precision over a few dozen additions. */
    private static final double TOLERANCE = 1e-5;

    /** What layer normalisation adds to the variance, against division by zero. */
    private static final double NORM_EPSILON = 1e-5;

    private static final int INPUT_SIZE = 5;
    private static final int STATE_SIZE = 4;
    private static final int[] LENGTHS = {7, 1, 4, 7, 2};

    @ParameterizedTest
    @MethodSource("settings")
    void shouldEqualTheEquationsForRowsOfMixedLength(LstmSettings settings) {
        try (Model model = LoadedModel.newModel("lstm");
                NDManager manager = model.getNDManager().newSubManager()) {
            // Given random weights, biases included, and rows of mixed length with rubbish behind their end
            LstmEncoder block = encoder(manager, settings);
            PaddedBatch batch = batch();
            Shape shape = new Shape(batch.batchSize(), batch.paddedLength(), INPUT_SIZE);
            NDArray input = manager.create(randomValues((int) shape.size()), shape);

            // When the block reads them at once
            NDArray output = Blocks.run(manager, block, input, manager.create(batch.reversal()));

            // Then each real token has the states that the equations give for its row alone
            assertThat(output.getShape())
                    .isEqualTo(new Shape(batch.batchSize(), batch.paddedLength(), settings.outputSize()));
            for (int row = 0; row < LENGTHS.length; row++) {
                assertRowEquals(output, row, reference(block, settings, row(input, row)));
            }
        }
    }

    @Test
    void shouldStartFromZeroWithLearnedStatesOfZero() {
        try (Model model = LoadedModel.newModel("lstm");
                NDManager manager = model.getNDManager().newSubManager()) {
            LstmEncoder learned = encoder(manager, settings(1, Directions.FORWARD, false, InitialState.LEARNED));
            LstmEncoder zero = encoder(manager, settings(1, Directions.FORWARD, false, InitialState.ZERO));
            for (String name : List.of("i2h_WEIGHT", "h2h_WEIGHT", "i2h_BIAS", "h2h_BIAS")) {
                Blocks.set(zero, "", name, Blocks.find(learned, "", name).toFloatArray());
            }
            NDArray input = manager.create(randomValues(3 * INPUT_SIZE), new Shape(1, 3, INPUT_SIZE));
            NDArray reversal = manager.create(new long[] {2, 1, 0});
            float[] expected = Blocks.run(manager, zero, input, reversal).toFloatArray();

            assertThat(Blocks.run(manager, learned, input, reversal).toFloatArray())
                    .isNotEqualTo(expected);
            Blocks.set(learned, "", "initialHidden", new float[STATE_SIZE]);
            Blocks.set(learned, "", "initialCell", new float[STATE_SIZE]);
            assertThat(Blocks.run(manager, learned, input, reversal).toFloatArray())
                    .containsExactly(expected);
        }
    }

    static List<LstmSettings> settings() {
        List<LstmSettings> all = new ArrayList<>(List.of(LstmSettings.bidirectional(STATE_SIZE, 3)));
        for (Directions directions : Directions.values()) {
            for (InitialState initialState : InitialState.values()) {
                for (int layers = 1; layers <= 2; layers++) {
                    all.add(settings(layers, directions, false, initialState));
                    all.add(settings(layers, directions, true, initialState));
                }
            }
        }
        return all;
    }

    private static LstmSettings settings(int layers, Directions directions, boolean norm, InitialState initialState) {
        return new LstmSettings(STATE_SIZE, layers, directions, norm, initialState);
    }

    private static LstmEncoder encoder(NDManager manager, LstmSettings settings) {
        LstmEncoder block = new LstmEncoder(settings, 0f);
        block.setInitializer(new NormalInitializer(0.5f), parameter -> true);
        PaddedBatch batch = batch();
        block.initialize(
                manager,
                DataType.FLOAT32,
                new Shape(batch.batchSize(), batch.paddedLength(), INPUT_SIZE),
                new Shape(batch.reversal().length));
        return block;
    }

    private static PaddedBatch batch() {
        List<TokenIds> rows = new ArrayList<>();
        for (int length : LENGTHS) {
            rows.add(new TokenIds(length, new int[1][length]));
        }
        return new PaddedBatch(rows);
    }

    private static float[] randomValues(int count) {
        Random random = new Random(11);
        float[] values = new float[count];
        for (int index = 0; index < count; index++) {
            values[index] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double[][] row(NDArray input, int row) {
        double[][] sequence = new double[LENGTHS[row]][INPUT_SIZE];
        for (int step = 0; step < sequence.length; step++) {
            for (int index = 0; index < INPUT_SIZE; index++) {
                sequence[step][index] = input.getFloat(row, step, index);
            }
        }
        return sequence;
    }

    private static double[][] reference(LstmEncoder block, LstmSettings settings, double[][] sequence) {
        double[][] values = sequence;
        for (int layer = 0; layer < settings.layers(); layer++) {
            double[][] states = direction(block, settings, "forward" + layer, values);
            if (settings.directions() == Directions.BOTH) {
                double[][] behind = direction(block, settings, "backward" + layer, LstmReference.reversed(values));
                states = sideBySide(states, LstmReference.reversed(behind));
            }
            values = settings.layerNorm() ? normalised(block, "norm" + layer, states) : states;
        }
        return values;
    }

    private static double[][] direction(LstmEncoder block, LstmSettings settings, String name, double[][] sequence) {
        if (settings.initialState() == InitialState.ZERO) {
            return Blocks.lstm(block, name).run(sequence);
        }
        return Blocks.lstm(block, name)
                .run(sequence, doubles(block, name, "initialHidden"), doubles(block, name, "initialCell"));
    }

    private static double[] doubles(LstmEncoder block, String within, String name) {
        float[] values = Blocks.find(block, within, name).toFloatArray();
        double[] doubles = new double[values.length];
        for (int index = 0; index < values.length; index++) {
            doubles[index] = values[index];
        }
        return doubles;
    }

    /** Each step's states: less their mean, over the root of their variance, scaled and shifted. */
    private static double[][] normalised(LstmEncoder block, String name, double[][] states) {
        double[] scales = doubles(block, name, "gamma");
        double[] shifts = doubles(block, name, "beta");
        double[][] normalised = new double[states.length][];
        for (int step = 0; step < states.length; step++) {
            double[] row = states[step];
            double mean = Arrays.stream(row).average().orElseThrow();
            double variance = Arrays.stream(row)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElseThrow();
            normalised[step] = new double[row.length];
            for (int unit = 0; unit < row.length; unit++) {
                double standard = (row[unit] - mean) / Math.sqrt(variance + NORM_EPSILON);
                normalised[step][unit] = scales[unit] * standard + shifts[unit];
            }
        }
        return normalised;
    }

    private static double[][] sideBySide(double[][] left, double[][] right) {
        double[][] both = new double[left.length][2 * STATE_SIZE];
        for (int step = 0; step < left.length; step++) {
            System.arraycopy(left[step], 0, both[step], 0, STATE_SIZE);
            System.arraycopy(right[step], 0, both[step], STATE_SIZE, STATE_SIZE);
        }
        return both;
    }

    private static void assertRowEquals(NDArray output, int row, double[][] expected) {
        for (int step = 0; step < expected.length; step++) {
            for (int unit = 0; unit < expected[step].length; unit++) {
                assertThat((double) output.getFloat(row, step, unit))
                        .as("row %d, step %d, unit %d", row, step, unit)
                        .isCloseTo(expected[step][unit], within(TOLERANCE));
            }
        }
    }
}
