package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.NormalInitializer;
import dev.glosstream.infer.BatchArrays;
import dev.glosstream.infer.DropoutRates;
import dev.glosstream.infer.SequenceNetwork;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanguageModelNetworkTest {
    private static final int STATE = 3;

    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    @AfterEach
    void release() {
        manager.close();
    }

    @Test
    void shouldForetellAWordWithoutHavingReadIt() {
        // Given two texts that differ in their third word alone, beside a longer one
        LanguageModelNetwork network = network();
        List<float[]> one = cells(network, 2, 3, 4, 5, 6);
        List<float[]> other = cells(network, 2, 3, 9, 5, 6);
        int length = 7;

        // Then forwards only cells from that word on know of it, and backwards only cells up to it
        for (int position = 0; position < 5; position++) {
            boolean forwardSame = java.util.Arrays.equals(one.get(position), other.get(position));
            boolean backwardSame =
                    java.util.Arrays.equals(one.get(2 * length + position), other.get(2 * length + position));
            assertThat(forwardSame).as("forward cell %d", position).isEqualTo(position < 2);
            assertThat(backwardSame).as("backward cell %d", position).isEqualTo(position > 2);
        }
    }

    private LanguageModelNetwork network() {
        EntryColumn words = new EntryColumn(EntryColumn.Feature.WORD, 0, 4, "word.vocabulary.txt");
        Architecture architecture = new Architecture(
                List.of(words),
                LstmSettings.bidirectional(STATE, 1),
                Architecture.Representation.MAX_MEAN,
                64,
                Architecture.Truncation.HEAD);
        SequenceNetwork encoder =
                new SequenceNetwork(architecture, List.of(12), SequenceNetwork.Head.PER_TEXT, 2, DropoutRates.NONE);
        LanguageModelNetwork network = new LanguageModelNetwork(encoder, architecture.lstm(), 12, 0);
        network.setInitializer(new NormalInitializer(0.8f), Parameter.Type.WEIGHT);
        network.initialize(manager, DataType.FLOAT32, BatchArrays.shapes(architecture));
        return network;
    }

    /** Returns what each cell says, of this text and of a longer one, forwards and then backwards. */
    private List<float[]> cells(LanguageModelNetwork network, int... words) {
        TokenIds text = TokenIds.owning(words.length, new int[][] {words});
        TokenIds longer = TokenIds.owning(7, new int[][] {{7, 8, 2, 3, 7, 8, 2}});
        NDList inputs = BatchArrays.of(manager, new PaddedBatch(List.of(text, longer)));
        NDArray states = network.forward(new ParameterStore(manager, false), inputs, false)
                .head();
        assertThat(states.getShape().getShape()).containsExactly(2 * 2 * 7, STATE);
        List<float[]> cells = new ArrayList<>();
        for (int cell = 0; cell < 2 * 2 * 7; cell++) {
            cells.add(states.get(cell).toFloatArray());
        }
        return cells;
    }
}
