package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import dev.glosstream.model.Architecture.Representation;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.tokenize.Tokenizer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every textbook says of embedding layers, on the engine that serves; docs/embedding-and-lstm.md tells it. */
class TextbookTest {
    private static final double TOLERANCE = 1e-5;

    private final Model model = LoadedModel.newModel("textbook");
    private final NDManager manager = model.getNDManager().newSubManager();

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void shouldGiveTheSameWordTheSameRow() {
        // Given numbers for the words in the order in which they appear, 0 kept for padding
        Map<String, Long> indices = new HashMap<>();
        long[] ids = List.of("deep learning is very deep".split(" ", -1)).stream()
                .mapToLong(word -> indices.computeIfAbsent(word, unseen -> indices.size() + 1L))
                .toArray();
        assertThat(ids).containsExactly(1, 2, 3, 4, 1);
        EmbeddingTable table = table(5, 6);

        // When they are looked up in a table of 4 words and padding by 6 factors
        NDArray vectors = lookUp(table, manager.create(ids));

        // Then there is a row of factors per word, those of 'deep' twice
        assertThat(vectors.getShape()).isEqualTo(new Shape(5, 6));
        assertThat(vectors.get(0).toFloatArray()).containsExactly(vectors.get(4).toFloatArray());
        assertThat(vectors.get(0).toFloatArray())
                .containsExactly(table.parameter().getArray().get(1).toFloatArray())
                .isNotEqualTo(vectors.get(1).toFloatArray());
    }

    @ParameterizedTest(name = "({0}, {1}) over ({2}, {3})")
    @CsvSource({"1000, 64, 32, 10", "50, 300, 2, 5"})
    void shouldAddADimensionOfItsOwn(int rows, int dimension, int batchSize, int length) {
        NDArray ids = manager.randomInteger(0, rows, new Shape(batchSize, length), DataType.INT64);

        NDArray vectors = lookUp(table(rows, dimension), ids);

        assertThat(vectors.getShape()).isEqualTo(new Shape(batchSize, length, dimension));
    }

    @Test
    void shouldEqualTheProductOfAOneHotEncodingAndTheTable() {
        EmbeddingTable table = table(1000, 64);
        NDArray ids = manager.randomInteger(0, 1000, new Shape(32, 10), DataType.INT64);

        NDArray oneHot = ids.oneHot(1000);

        assertThat(oneHot.getShape()).isEqualTo(new Shape(32, 10, 1000));
        assertThat(oneHot.matMul(table.parameter().getArray()).toFloatArray())
                .containsExactly(lookUp(table, ids).toFloatArray(), within((float) TOLERANCE));
    }

    @Test
    void shouldMeasureOneHotBesideLookUp() {
        long[] clock = {0};

        OneHotComparison measured = OneHotComparison.measure(1000, 64, () -> clock[0] += 7);

        assertThat(measured.idBytes()).isEqualTo(32 * 10 * 8);
        assertThat(measured.oneHotBytes()).isEqualTo(32 * 10 * 1000 * 4);
        assertThat(measured.tableBytes()).isEqualTo(1000 * 64 * 4);
        assertThat(measured.largestDifference()).isLessThan(TOLERANCE);
        assertThat(measured.lookUpNanos()).isEqualTo(7);
        assertThat(measured.oneHotNanos()).isEqualTo(7);
    }

    @Test
    void shouldAddUpTheGradientsOfARowsOccurrences() {
        // Given ids in which 3 stands twice, 1 once, and a loss that weighs the places 1, 10, 100
        EmbeddingTable table = table(5, 2);
        NDArray array = table.parameter().getArray();
        array.setRequiresGradient(true);
        NDArray weights = manager.create(new float[] {1, 1, 10, 10, 100, 100}, new Shape(3, 2));

        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            collector.backward(lookUp(table, manager.create(new long[] {3, 1, 3}))
                    .mul(weights)
                    .sum());
        }

        // Then a row's gradient is the sum over its places, and rows that were not looked up have none
        assertThat(array.getGradient().toFloatArray()).containsExactly(0, 0, 10, 10, 0, 0, 101, 101, 0, 0);
    }

    @Test
    void shouldGiveThePaddingRowNoGradient(@TempDir Path folder) {
        try (LoadedModel loaded = LoadedModel.load(bundle(folder))) {
            // Given a batch of a long and a short text, so that most cells of the second row are padding
            SequenceNetwork network = (SequenceNetwork) loaded.model().getBlock();
            network.tables().forEach(table -> table.parameter().getArray().setRequiresGradient(true));
            NDList inputs = BatchArrays.of(manager, batch(loaded.bundle(), "not bad , paris is very deep", "good"));

            // When the gradients of the scores are computed
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray scores = network.forward(new ParameterStore(manager, false), inputs, true)
                        .head();
                collector.backward(scores.mul(scores).sum());
            }

            // Then row 0 of every table has none, and the tables have some
            for (EmbeddingTable table : network.tables()) {
                NDArray gradient = table.parameter().getArray().getGradient();
                assertThat(gradient.get(0).toFloatArray()).as("%s", table).containsOnly(0f);
                assertThat(gradient.abs().sum().getFloat()).isPositive();
                assertThat(table.parameter().getArray().get(0).toFloatArray()).containsOnly(0f);
            }
        }
    }

    @Test
    void shouldKeepWhateverStandsInThePaddingRowFromTheScores(@TempDir Path folder) {
        try (LoadedModel loaded = LoadedModel.load(bundle(folder));
                SequenceScorer scorer = loaded.newScorer()) {
            PaddedBatch batch = batch(loaded.bundle(), "not bad , paris is very deep", "good");
            ScoreMatrix before = scorer.score(batch).get(1);

            SequenceNetwork network = (SequenceNetwork) loaded.model().getBlock();
            for (EmbeddingTable table : network.tables()) {
                float[] values = table.parameter().getArray().toFloatArray();
                values[0] = 1000f;
                table.parameter().getArray().set(values);
            }

            assertThat(scorer.score(batch).get(1)).isEqualTo(before);
        }
    }

    private static ModelBundle bundle(Path folder) {
        return VariedBundles.write(
                folder,
                Task.SENTIMENT,
                VariedBundles.architecture(LstmSettings.bidirectional(4, 2), Representation.MAX_MEAN));
    }

    private static PaddedBatch batch(ModelBundle bundle, String... texts) {
        TokenEncoder encoder = TokenEncoder.of(bundle);
        List<TokenIds> rows = List.of(texts).stream()
                .map(text -> encoder.encode(new Tokenizer().tokenize(text)))
                .toList();
        return new PaddedBatch(rows);
    }

    private EmbeddingTable table(int rows, int dimension) {
        EmbeddingTable table = new EmbeddingTable(rows, dimension);
        table.initialize(manager, DataType.FLOAT32, new Shape(1));
        table.parameter()
                .getArray()
                .set(manager.randomNormal(new Shape(rows, dimension)).toFloatArray());
        return table;
    }

    private NDArray lookUp(EmbeddingTable table, NDArray ids) {
        return table.forward(new ParameterStore(manager, false), new NDList(ids), false)
                .singletonOrThrow();
    }
}
