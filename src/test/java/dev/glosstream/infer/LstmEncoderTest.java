package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LstmEncoderTest {
    /** Single precision over a few dozen additions. */
    private static final double TOLERANCE = 1e-5;

    private static final int INPUT_SIZE = 5;
    private static final int STATE_SIZE = 4;
    private static final int[] LENGTHS = {7, 1, 4, 7, 2};

    @ParameterizedTest(name = "{0} layers")
    @ValueSource(ints = {1, 2, 3})
    void shouldEqualTheEquationsInBothDirectionsForRowsOfMixedLength(int layers) {
        try (Model model = LoadedModel.newModel("lstm");
                NDManager manager = model.getNDManager().newSubManager()) {
            // Given random weights, biases included, and rows of mixed length with rubbish behind their end
            LstmEncoder block = new LstmEncoder(LstmSettings.bidirectional(STATE_SIZE, layers), 0f);
            block.setInitializer(new NormalInitializer(0.5f), parameter -> true);
            PaddedBatch batch = batch();
            Shape shape = new Shape(batch.batchSize(), batch.paddedLength(), INPUT_SIZE);
            block.initialize(manager, DataType.FLOAT32, shape, new Shape(batch.reversal().length));
            NDArray input = manager.create(randomValues((int) shape.size()), shape);

            // When the block reads them at once
            NDArray output = block.forward(
                            new ParameterStore(manager, false),
                            new NDList(input, manager.create(batch.reversal())),
                            false)
                    .head();

            // Then each real token has the states that the equations give for its row alone
            assertThat(output.getShape())
                    .isEqualTo(new Shape(batch.batchSize(), batch.paddedLength(), 2L * STATE_SIZE));
            for (int row = 0; row < LENGTHS.length; row++) {
                double[][] expected = reference(block.getParameters(), layers, row(input, row));
                assertRowEquals(output, row, expected);
            }
        }
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

    private static double[][] reference(ParameterList parameters, int layers, double[][] sequence) {
        double[][] values = sequence;
        for (int layer = 0; layer < layers; layer++) {
            double[][] ahead = layer(parameters, "forward" + layer).run(values);
            double[][] behind = layer(parameters, "backward" + layer).runBackward(values);
            values = sideBySide(ahead, behind);
        }
        return values;
    }

    private static double[][] sideBySide(double[][] left, double[][] right) {
        double[][] both = new double[left.length][2 * STATE_SIZE];
        for (int step = 0; step < left.length; step++) {
            System.arraycopy(left[step], 0, both[step], 0, STATE_SIZE);
            System.arraycopy(right[step], 0, both[step], STATE_SIZE, STATE_SIZE);
        }
        return both;
    }

    private static LstmReference layer(ParameterList parameters, String child) {
        return new LstmReference(
                matrix(find(parameters, child, "i2h_WEIGHT")),
                matrix(find(parameters, child, "h2h_WEIGHT")),
                find(parameters, child, "i2h_BIAS").toFloatArray(),
                find(parameters, child, "h2h_BIAS").toFloatArray());
    }

    private static NDArray find(ParameterList parameters, String child, String name) {
        return parameters.stream()
                .filter(pair -> pair.getKey().contains(child) && pair.getKey().endsWith(name))
                .map(pair -> pair.getValue())
                .map(Parameter::getArray)
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no parameter " + child + " " + name + " in " + parameters.keys()));
    }

    private static float[][] matrix(NDArray array) {
        int rows = (int) array.getShape().get(0);
        int columns = (int) array.getShape().get(1);
        float[] values = array.toFloatArray();
        float[][] matrix = new float[rows][columns];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * columns, matrix[row], 0, columns);
        }
        return matrix;
    }

    private static void assertRowEquals(NDArray output, int row, double[][] expected) {
        for (int step = 0; step < expected.length; step++) {
            for (int unit = 0; unit < 2 * STATE_SIZE; unit++) {
                assertThat((double) output.getFloat(row, step, unit))
                        .as("row %d, step %d, unit %d", row, step, unit)
                        .isCloseTo(expected[step][unit], within(TOLERANCE));
            }
        }
    }
}
