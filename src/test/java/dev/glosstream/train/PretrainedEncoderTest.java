package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.infer.SharedEncoderBundles;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.train.corpus.CorpusException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a training makes of an encoder that was pretrained, in the same run or in an earlier one. */
class PretrainedEncoderTest {
    @TempDir
    private Path folder;

    private TinyPretraining runs;

    @BeforeEach
    void prepare() {
        runs = new TinyPretraining(folder);
    }

    @Test
    void shouldStartTheTrainingFromThePretrainedEncoder() throws IOException {
        // Given a training that hardly moves what it starts from
        ModelBundle bundle = runs.train(runs.recipe(), "out");
        ModelBundle plain = runs.train(runs.recipe().withPretraining(PretrainingSettings.NONE), "plain");

        List<float[]> pretrained = EncoderFile.read(folder.resolve("out/pretrained.encoder"))
                .weights()
                .arrays();
        List<FloatBuffer> encoder = SharedEncoderBundles.encoder(bundle);
        List<FloatBuffer> random = SharedEncoderBundles.encoder(plain);

        // Then the bundle's encoder is the pretrained one, every part of which moved
        assertThat(encoder).hasSameSizeAs(pretrained);
        for (int index = 0; index < encoder.size(); index++) {
            assertThat(TinyPretraining.distance(encoder.get(index).array(), pretrained.get(index)))
                    .isLessThan(1e-4);
            assertThat(TinyPretraining.distance(random.get(index).array(), pretrained.get(index)))
                    .isGreaterThan(0.05);
        }
        // And padding stayed zero
        assertThat(Arrays.copyOf(pretrained.get(0), 16)).containsOnly(0f);
        assertThat(Files.exists(folder.resolve("out/.training"))).isFalse();
    }

    @Test
    void shouldLeaveAFrozenEncoderAsItWasPretrained() throws IOException {
        // Given a training that moves its weights, in the first epoch the head's alone
        String[] fast = {"training.learningRate=0.05", "training.encoderFrozenEpochs=1", "training.patience=5"};
        ModelBundle frozen = runs.train(runs.recipe(fast), "frozen");
        ModelBundle plain = runs.train(runs.recipe("training.learningRate=0.05"), "plain");
        String[] longer = Arrays.copyOf(fast, 4);
        longer[3] = "training.epochs=2";
        ModelBundle thawed = runs.train(runs.recipe(longer), "thawed");
        List<float[]> pretrained = EncoderFile.read(folder.resolve("frozen/pretrained.encoder"))
                .weights()
                .arrays();

        assertThat(SharedEncoderBundles.encoder(frozen))
                .isEqualTo(pretrained.stream().map(FloatBuffer::wrap).toList());
        assertThat(SharedEncoderBundles.encoder(plain)).isNotEqualTo(SharedEncoderBundles.encoder(frozen));
        assertThat(Files.readAllLines(thawed.directory().resolve("training.tsv")))
                .hasSize(3);
        assertThat(frozen.manifest().training().settings()).containsEntry("encoderFrozenEpochs", "1");
    }

    @Test
    void shouldMoveTheEncoderByAShareOfTheLearningRate() throws IOException {
        String fast = "training.learningRate=0.05";
        List<FloatBuffer> whole = SharedEncoderBundles.encoder(runs.train(runs.recipe(fast), "whole"));
        ModelBundle slow = runs.train(runs.recipe(fast, "training.encoderLearningRateFactor=0.1"), "tenth");
        List<FloatBuffer> tenth = SharedEncoderBundles.encoder(slow);
        List<float[]> pretrained = EncoderFile.read(folder.resolve("whole/pretrained.encoder"))
                .weights()
                .arrays();

        // One step of Adam is as long as its learning rate
        for (int index = 0; index < pretrained.size(); index++) {
            double moved = TinyPretraining.distance(whole.get(index).array(), pretrained.get(index));
            assertThat(moved).isBetween(0.045, 0.055);
            assertThat(TinyPretraining.distance(tenth.get(index).array(), pretrained.get(index)))
                    .isCloseTo(moved / 10, within(1e-4));
        }
    }

    @Test
    void shouldLeaveFrozenTablesAsTheyAre() throws IOException {
        Files.writeString(folder.resolve("vectors.txt"), "2 3\nba 1 2 3\nbb -1 -2 -3\n");
        String column =
                "\n    - {feature: word, dimension: 3, table: v, vocabulary: vectors, vectors: vectors.txt, frozenEpochs: ";
        String frozen = TinyPretraining.RECIPE.replace("dimension: 16}", "dimension: 16}" + column + "1}");
        String free = TinyPretraining.RECIPE.replace("dimension: 16}", "dimension: 16}" + column + "0}");
        runs.train(runs.read(frozen), "frozen");
        runs.train(runs.read(free), "free");

        assertThat(EncoderFile.read(folder.resolve("frozen/pretrained.encoder"))
                        .weights()
                        .arrays())
                .anySatisfy(table ->
                        assertThat(Arrays.copyOfRange(table, 6, table.length)).containsExactly(1, 2, 3, -1, -2, -3));
        assertThat(EncoderFile.read(folder.resolve("free/pretrained.encoder"))
                        .weights()
                        .arrays())
                .noneSatisfy(table ->
                        assertThat(Arrays.copyOfRange(table, 6, table.length)).containsExactly(1, 2, 3, -1, -2, -3));
    }

    @Test
    void shouldStartFromAFileOfAnEarlierPretraining() throws IOException {
        runs.train(runs.recipe(), "a");
        runs.heldOut.clear();

        ModelBundle shared = runs.train(runs.sharing("a", "pretraining.vocabulary=all", "training.seed=6"), "b");

        assertThat(runs.heldOut).isEmpty();
        List<float[]> pretrained = EncoderFile.read(folder.resolve("a/pretrained.encoder"))
                .weights()
                .arrays();
        List<FloatBuffer> encoder = SharedEncoderBundles.encoder(shared);
        for (int index = 0; index < encoder.size(); index++) {
            assertThat(TinyPretraining.distance(encoder.get(index).array(), pretrained.get(index)))
                    .isLessThan(1e-4);
        }
        assertThat(shared.ids().get(0).size()).isEqualTo(2 + TinyPretraining.WORDS + 2);
    }

    @Test
    void shouldRefuseTheEncoderOfAnotherNetworkOrVocabulary() throws IOException {
        runs.train(runs.recipe(), "a");

        assertThatThrownBy(() -> runs.train(runs.sharing("a", "network.stateSize=25"), "b"))
                .hasMessageContaining("pretrained.encoder': expected")
                .hasMessageContaining("stateSize=24");
        assertThatThrownBy(
                        () -> runs.train(runs.sharing("a", "network.stateSize=25", "pretraining.vocabulary=all"), "b"))
                .hasMessageContaining("stateSize=25")
                .hasMessageContaining("stateSize=24")
                .hasMessageContaining("use the network that it was pretrained with");
        assertThatThrownBy(() -> runs.train(runs.sharing("a"), "b"))
                .hasMessageContaining("expected word.vocabulary.txt of the training's texts (SHA-256")
                .hasMessageContaining("take over those of the file with pretraining.vocabulary=all");
        assertThatThrownBy(() -> runs.train(runs.sharing("nowhere"), "b"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("expected a file, found none");
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("other/pretrained.encoder"), "something else");
        assertThatThrownBy(() -> runs.train(runs.sharing("other"), "b"))
                .hasMessageContaining("expected a file that a pretraining of this version wrote");
        byte[] whole = Files.readAllBytes(folder.resolve("a/pretrained.encoder"));
        Files.write(folder.resolve("other/pretrained.encoder"), Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> runs.train(runs.sharing("other"), "b"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("expected a whole file");
    }
}
