package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.initializer.NormalInitializer;
import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.model.TokenColumn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ColumnBlockTest {
    private static final float TOLERANCE = 1e-6f;

    /** Rows of ids 0 to 3; the one of padding is not zero, to show that it is not used. */
    private static final float[] TABLE = {50, 60, 1, 2, 10, 20, 100, 200};

    private final NDManager manager = NDManager.newBaseManager("PyTorch");

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void shouldAddUpTheClassesOfALexicon() {
        Block block = block(new LexiconColumn(3, 2, "lexicon"), 4);

        // Tokens with two classes, with one, with none
        assertThat(run(block, 3, 2, 3, 0, 1, 0, 0, 0, 0, 0)).containsExactly(110, 220, 1, 2, 0, 0);
    }

    @Test
    void shouldAverageNgrams() {
        Block block = block(new NgramColumn(2, 3, 3, 2, 2), 4);

        assertThat(run(block, 3, 2, 3, 0, 1, 0, 0, 0, 0, 0))
                .usingComparatorWithPrecision(TOLERANCE)
                .containsExactly(55, 110, 1, 2, 0, 0);
    }

    @Test
    void shouldIgnorePaddingWithOneIdPerTokenToo() {
        Block block = block(new LexiconColumn(1, 2, "lexicon"), 4);

        assertThat(run(block, 1, 3, 0)).containsExactly(100, 200, 0, 0);
    }

    @Test
    void shouldLookUpOneRowPerToken() {
        Block block = block(new EntryColumn(EntryColumn.Feature.WORD, 0, 2, "word"), 4);

        assertThat(run(block, 1, 3, 1)).containsExactly(100, 200, 1, 2);
    }

    @Test
    void shouldConvolveThreeCharactersAtATimeAndKeepTheMaximumOfEachToken() {
        // Given one value per character, 0.1 for id 1, 0.2 for id 2, 0.3 for id 3, and two filters
        Block block = block(new CharacterColumn(CharacterColumn.Reader.CNN, 4, 1, 2, "letters"), 4);
        Blocks.set(block, "table", "embedding", 9f, 0.1f, 0.2f, 0.3f);
        Blocks.set(block, "convolution", "weight", 1, 2, 3, -1, -2, -3);
        Blocks.set(block, "convolution", "bias", 0.05f, -0.05f);

        // When a token of the characters 1 2 3 is read, and one of the single character 2
        float[] vectors = run(block, 4, 1, 2, 3, 0, 2, 0, 0, 0);

        // Then each filter is tanh of its largest sum: 1 · left + 2 · middle + 3 · right, nothing beyond the token's
        // ends
        double[] sums = {2 * 0.1 + 3 * 0.2, 0.1 + 2 * 0.2 + 3 * 0.3, 0.2 + 2 * 0.3};
        assertThat((double) vectors[0]).isCloseTo(Math.tanh(sums[1] + 0.05), within(1e-6));
        assertThat((double) vectors[1]).isCloseTo(Math.tanh(-sums[0] - 0.05), within(1e-6));
        assertThat((double) vectors[2]).isCloseTo(Math.tanh(2 * 0.2 + 0.05), within(1e-6));
        assertThat((double) vectors[3]).isCloseTo(Math.tanh(-2 * 0.2 - 0.05), within(1e-6));
    }

    @Test
    void shouldReadCharactersByAnLstmInEachDirection() {
        // Given three values per character and two units in each direction
        Block block = block(new CharacterColumn(CharacterColumn.Reader.LSTM, 4, 3, 4, "letters"), 5);

        // When a token of the characters 2 4 3 is read: forwards, then backwards, each filled up with padding
        float[] vector = run(block, 8, 2, 4, 3, 0, 3, 4, 2, 0);

        // Then its vector holds the last states that the equations give for three steps
        float[][] table = Blocks.matrix(Blocks.find(block, "table", "embedding"));
        double[][] word = {doubles(table[2]), doubles(table[4]), doubles(table[3])};
        double[] ahead = Blocks.lstm(block, "forward").run(word)[2];
        double[] behind = Blocks.lstm(block, "backward").run(LstmReference.reversed(word))[2];
        assertThat(vector)
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly((float) ahead[0], (float) ahead[1], (float) behind[0], (float) behind[1]);
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int index = 0; index < values.length; index++) {
            doubles[index] = values[index];
        }
        return doubles;
    }

    private Block block(TokenColumn column, int rows) {
        Block block = new ColumnBlock(column, new EmbeddingTable(rows, column.dimension()), true);
        block.setInitializer(new NormalInitializer(0.7f), parameter -> true);
        block.initialize(manager, DataType.FLOAT32, shape(1, column.idsPerToken()));
        if (column.dimension() == 2) {
            Blocks.set(block, "table", "embedding", TABLE);
        }
        return block;
    }

    private float[] run(Block block, int idsPerToken, long... ids) {
        NDArray array = manager.create(ids).reshape(shape(ids.length / idsPerToken, idsPerToken));
        return Blocks.run(manager, block, array).toFloatArray();
    }

    private static Shape shape(int tokens, int idsPerToken) {
        return idsPerToken == 1 ? new Shape(1, tokens) : new Shape(1, tokens, idsPerToken);
    }
}
