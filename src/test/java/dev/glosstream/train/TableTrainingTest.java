package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.glosstream.infer.BatchArrays;
import dev.glosstream.infer.DropoutRates;
import dev.glosstream.infer.SequenceNetwork;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.train.ColumnRecipe.Table.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableTrainingTest {
    private static final int DIMENSION = 50;
    private static final int ROWS = 2002;
    private static final IdSpace ENTRIES = Vocabulary.of(
            IntStream.range(0, ROWS - 2).mapToObj(entry -> "e" + entry).toList());

    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void shouldDrawFromAUniformDistributionWithinScale() {
        float[] values = drawn(TinyNetworks.table(Start.UNIFORM, 0.3));

        assertThat(largest(values)).isBetween(0.2999f, 0.3f);
        assertThat(deviation(values)).isCloseTo(0.3 / Math.sqrt(3), within(0.001));
    }

    @Test
    void shouldDrawFromANormalDistributionOfThatDeviation() {
        float[] values = drawn(TinyNetworks.table(Start.NORMAL, 0.2));

        assertThat(deviation(values)).isCloseTo(0.2, within(0.002));
        assertThat(largest(values)).isGreaterThan(3.5f * 0.2f);
    }

    @Test
    void shouldDrawAsWideAsXavierSaysForTheSizeOfTheTable() {
        double width = Math.sqrt(6.0 / (ROWS + DIMENSION));

        float[] values = drawn(TinyNetworks.table(Start.XAVIER, 7));

        assertThat((double) largest(values)).isBetween(0.999 * width, width);
        assertThat(deviation(values)).isCloseTo(width / Math.sqrt(3), within(0.0005));
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void shouldStartPaddingAtZeroAndTheRestFromTheSeed(Start start) {
        float[] values = start(TinyNetworks.table(start, 0.3), 5);

        assertThat(Arrays.copyOf(values, DIMENSION)).containsOnly(0f);
        assertThat(Arrays.copyOfRange(values, DIMENSION, 2 * DIMENSION)).doesNotContain(0f);
        assertThat(start(TinyNetworks.table(start, 0.3), 5)).containsExactly(values);
        assertThat(start(TinyNetworks.table(start, 0.3), 6)).isNotEqualTo(values);
    }

    @Test
    void shouldTakePretrainedVectorsAndTellHowManyEntriesHaveOne() throws IOException {
        // Given vectors of two entries and of a word that is none
        String ones = " 1".repeat(DIMENSION);
        Files.writeString(
                folder.resolve("v.txt"), "e0" + ones + "\nelse" + ones + "\ne7" + ones.replace('1', '2') + "\n");
        ColumnRecipe.Table table = new ColumnRecipe.Table(Start.NORMAL, 0.1, Optional.of("v.txt"), 0, 0, 0);
        ColumnRecipe recipe = TinyNetworks.recipe(TinyNetworks.word(DIMENSION), table);
        SequenceNetwork network = network(recipe);
        TableTraining training = new TableTraining(network, List.of(recipe));

        training.start(List.of(ENTRIES), new ColumnFiles(List.of(recipe), folder), 1);

        // Then their rows hold them, and the others what was drawn
        float[] values = values(network);
        assertThat(row(values, 2)).containsOnly(1f);
        assertThat(row(values, 9)).containsOnly(2f);
        assertThat(row(values, 0)).containsOnly(0f);
        assertThat(row(values, 3)).doesNotContain(0f, 1f, 2f);
        assertThat(training.coverage()).containsExactly("word (50): 2 of 2000 entries have pretrained vectors");
    }

    @Test
    void shouldFreezeForSoManyEpochs() {
        ColumnRecipe recipe = TinyNetworks.recipe(
                TinyNetworks.word(DIMENSION), new ColumnRecipe.Table(Start.NORMAL, 0.1, Optional.empty(), 2, 0, 0));
        SequenceNetwork network = network(recipe);
        TableTraining training = new TableTraining(network, List.of(recipe));

        List<Boolean> trained = IntStream.rangeClosed(1, 4)
                .mapToObj(epoch -> {
                    training.onEpochStart(epoch);
                    return network.tables().get(0).parameter().requiresGradient();
                })
                .toList();

        assertThat(trained).containsExactly(false, false, true, true);
    }

    private float[] drawn(ColumnRecipe.Table table) {
        float[] values = start(table, 1);
        return Arrays.copyOfRange(values, DIMENSION, values.length);
    }

    private float[] start(ColumnRecipe.Table table, long seed) {
        ColumnRecipe recipe = TinyNetworks.recipe(TinyNetworks.word(DIMENSION), table);
        SequenceNetwork network = network(recipe);
        new TableTraining(network, List.of(recipe))
                .start(List.of(ENTRIES), new ColumnFiles(List.of(recipe), folder), seed);
        return values(network);
    }

    private SequenceNetwork network(ColumnRecipe recipe) {
        Architecture architecture = Architecture.of(List.of(recipe.column()), LstmSettings.bidirectional(2, 1), 8);
        SequenceNetwork network =
                new SequenceNetwork(architecture, List.of(ROWS), SequenceNetwork.Head.PER_TEXT, 2, DropoutRates.NONE);
        network.initialize(manager, DataType.FLOAT32, BatchArrays.shapes(architecture));
        return network;
    }

    private static float[] values(SequenceNetwork network) {
        return network.tables().get(0).parameter().getArray().toFloatArray();
    }

    private static float[] row(float[] values, int id) {
        return Arrays.copyOfRange(values, id * DIMENSION, (id + 1) * DIMENSION);
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static double deviation(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares / values.length);
    }
}
