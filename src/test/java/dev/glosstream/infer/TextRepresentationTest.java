package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.Architecture.Representation;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.LstmSettings.Directions;
import dev.glosstream.model.LstmSettings.InitialState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TextRepresentationTest {
    private static final float TOLERANCE = 1e-6f;

    /** Two texts of three and of two tokens, two states a token; behind the second stands rubbish. */
    private static final float[] STATES = {1, -2, 3, -4, 2, -6, -1, 5, -3, 4, 99, 99};

    private static final float[] MASK = {1, 1, 1, 1, 1, 0};

    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void shouldPutMaximumAndMeanOfRealTokensSideBySide() {
        TextRepresentation block = block(Representation.MAX_MEAN, Directions.FORWARD, 2);

        assertThat(block.outputSize()).isEqualTo(4);
        assertThat(run(block)).usingComparatorWithPrecision(TOLERANCE).containsExactly(3, -2, 2, -4, -1, 5, -2, 4.5f);
    }

    @Test
    void shouldTakeTheStateAfterTheLastRealToken() {
        assertThat(run(block(Representation.LAST, Directions.FORWARD, 2))).containsExactly(2, -6, -3, 4);
    }

    @Test
    void shouldTakeTheBackwardStateAfterTheFirstToken() {
        // The first state is that of the forward direction, the second of the backward one
        assertThat(run(block(Representation.LAST, Directions.BOTH, 1))).containsExactly(2, -2, -3, 5);
    }

    @Test
    void shouldWeighRealTokensByLearnedAttention() {
        // Given u = tanh(first state), scored by 2 u
        TextRepresentation block = block(Representation.ATTENTION, Directions.FORWARD, 2);
        Blocks.set(block, "Hidden", "weight", 1, 0, 0, 0);
        Blocks.set(block, "Hidden", "bias", 0, 0);
        Blocks.set(block, "Score", "weight", 2, 7);

        double[] first = weights(1, 3, 2);
        double[] second = weights(-1, -3);

        assertThat(run(block))
                .usingComparatorWithPrecision(TOLERANCE * 10)
                .containsExactly(
                        (float) (first[0] + 3 * first[1] + 2 * first[2]),
                        (float) (-2 * first[0] - 4 * first[1] - 6 * first[2]),
                        (float) (-second[0] - 3 * second[1]),
                        (float) (5 * second[0] + 4 * second[1]));
    }

    private static double[] weights(double... states) {
        double[] weights = new double[states.length];
        double sum = 0;
        for (int token = 0; token < states.length; token++) {
            weights[token] = Math.exp(2 * Math.tanh(states[token]));
            sum += weights[token];
        }
        for (int token = 0; token < states.length; token++) {
            weights[token] /= sum;
        }
        return weights;
    }

    private TextRepresentation block(Representation representation, Directions directions, int stateSize) {
        TextRepresentation block = new TextRepresentation(new Architecture(
                List.of(new EntryColumn(EntryColumn.Feature.WORD, 0, 2, "word.txt")),
                new LstmSettings(stateSize, 1, directions, false, InitialState.ZERO),
                representation,
                8,
                Architecture.Truncation.HEAD));
        block.initialize(manager, DataType.FLOAT32, new Shape(2, 3, 2), new Shape(2, 3, 1));
        return block;
    }

    private float[] run(TextRepresentation block) {
        NDArray states = manager.create(STATES, new Shape(2, 3, 2));
        NDArray mask = manager.create(MASK, new Shape(2, 3, 1));
        return Blocks.run(manager, block, states, mask).toFloatArray();
    }
}
