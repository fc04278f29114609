package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LstmSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutRatesTest {
    private static final int VALUES = 100_000;
    /** Far beyond three deviations of a share of that many draws. */
    private static final double TOLERANCE = 0.01;

    @Test
    void shouldDropTheShareOfEachPlaceWhileTrainingAndNothingWhileServing() {
        Architecture architecture = Architecture.of(
                List.of(new EntryColumn(EntryColumn.Feature.WORD, 0, 2, "word.txt")),
                LstmSettings.bidirectional(2, 2),
                8);
        SequenceNetwork network = new SequenceNetwork(
                architecture, List.of(3), SequenceNetwork.Head.PER_TEXT, 2, new DropoutRates(0.1f, 0.3f, 0.6f));

        assertDrops(child(network, "inputDropout"), 0.1);
        assertDrops(child(child(network, "lstm"), "dropout1"), 0.3);
        assertDrops(child(network, "outputDropout"), 0.6);
    }

    @Test
    void shouldRefuseToDropEverything() {
        assertThatThrownBy(() -> new DropoutRates(0, 1, 0)).hasMessage("dropout: expected 0 to below 1, got 1.0");
    }

    private static Block child(Block block, String name) {
        return block.getChildren().stream()
                .filter(pair -> pair.getKey().endsWith(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static void assertDrops(Block dropout, double rate) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                GradientCollector training = Engine.getInstance().newGradientCollector()) {
            assertThat(training).as("what makes the engine train").isNotNull();
            NDArray ones = manager.ones(new Shape(VALUES));
            ParameterStore parameters = new ParameterStore(manager, false);

            assertThat(training).isNotNull();
            float[] trained =
                    dropout.forward(parameters, new NDList(ones), true).head().toFloatArray();
            float[] served =
                    dropout.forward(parameters, new NDList(ones), false).head().toFloatArray();

            int dropped = 0;
            for (float value : trained) {
                dropped += value == 0 ? 1 : 0;
                assertThat(value == 0 || Math.abs(value - 1 / (1 - rate)) < 1e-5)
                        .isTrue();
            }
            assertThat((double) dropped / VALUES).isCloseTo(rate, within(TOLERANCE));
            assertThat(served).containsOnly(1f);
        }
    }
}
