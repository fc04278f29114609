package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.infer.SharedEncoderBundles;
import dev.glosstream.model.Digests;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import dev.glosstream.train.corpus.CorpusReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a recipe with plain texts to a bundle that starts from what they taught. */
class PretrainingTest {
    /** Each word is followed by one of two, and preceded by one of two: whoever knows less cannot do better than ln 2. */
    private static final double ENTROPY = Math.log(2);

    private static final int WORDS = 16;
    private static final String RECIPE =
            """
            task: sentiment
            name: tiny
            version: 1.0.0
            license: Apache-2.0
            labels: [negative, positive]
            network:
              columns:
                - {feature: word, dimension: 16}
              minCount: 1
              stateSize: 24
            pretraining:
              texts: [text:plain.txt]
              vocabulary: all
              epochs: 6
              candidates: 6
              learningRate: 0.02
              warmUpSteps: 5
              batchSize: 16
              heldOut: 0.1
            training:
              epochs: 1
              patience: 1
              batchSize: 2
              learningRate: 1e-7
              checkpointSteps: 7
              seed: 5
            """;

    @TempDir
    private Path folder;

    private final List<Double> heldOut = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** Ends a run in the middle, as an error does. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Remembers what it hears, and may end a run. */
    private final class Listener extends SilentListener {
        private final int stopAfter;
        private int steps;

        Listener(int stopAfter) {
            this.stopAfter = stopAfter;
        }

        @Override
        public void onNote(String note) {
            notes.add(note);
        }

        @Override
        public void onPretrainingEpochEnd(int epoch, double meanLoss, double heldOutLoss) {
            heldOut.add(heldOutLoss);
        }

        @Override
        public void onStep(double meanLoss) {
            steps++;
            if (steps == stopAfter) {
                throw new Stop();
            }
        }
    }

    @Test
    void shouldComeToTheEntropyOfALanguageAndNoFurther() throws IOException {
        train(recipe("pretraining.epochs=12"), "out");

        // What is held out is told from all words: less than the entropy would mean that it saw what it foretells
        assertThat(heldOut).hasSize(12);
        assertThat(heldOut.get(0)).isGreaterThan(ENTROPY + 0.1);
        assertThat(heldOut.get(11)).isBetween(ENTROPY - 0.02, ENTROPY + 0.06);
    }

    @Test
    void shouldForetellWithAForwardLstmAlone() throws IOException {
        train(recipe("pretraining.epochs=12", "network.directions=forward"), "out");

        assertThat(heldOut.get(11)).isBetween(ENTROPY - 0.02, ENTROPY + 0.06);
    }

    @Test
    void shouldStartTheTrainingFromThePretrainedEncoder() throws IOException {
        // Given a training that hardly moves what it starts from
        ModelBundle bundle = train(recipe(), "out");
        ModelBundle plain = train(recipe().withPretraining(PretrainingSettings.NONE), "plain");

        List<float[]> pretrained = EncoderFile.read(folder.resolve("out/pretrained.encoder"))
                .weights()
                .arrays();
        List<FloatBuffer> encoder = SharedEncoderBundles.encoder(bundle);
        List<FloatBuffer> random = SharedEncoderBundles.encoder(plain);

        // Then the bundle's encoder is the pretrained one, every part of which moved
        assertThat(encoder).hasSameSizeAs(pretrained);
        for (int index = 0; index < encoder.size(); index++) {
            assertThat(distance(encoder.get(index).array(), pretrained.get(index)))
                    .isLessThan(1e-4);
            assertThat(distance(random.get(index).array(), pretrained.get(index)))
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
        ModelBundle frozen = train(recipe(fast), "frozen");
        ModelBundle plain = train(recipe("training.learningRate=0.05"), "plain");
        String[] longer = Arrays.copyOf(fast, 4);
        longer[3] = "training.epochs=2";
        ModelBundle thawed = train(recipe(longer), "thawed");
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
        List<FloatBuffer> whole = SharedEncoderBundles.encoder(train(recipe(fast), "whole"));
        ModelBundle slow = train(recipe(fast, "training.encoderLearningRateFactor=0.1"), "tenth");
        List<FloatBuffer> tenth = SharedEncoderBundles.encoder(slow);
        List<float[]> pretrained = EncoderFile.read(folder.resolve("whole/pretrained.encoder"))
                .weights()
                .arrays();

        // One step of Adam is as long as its learning rate
        for (int index = 0; index < pretrained.size(); index++) {
            double moved = distance(whole.get(index).array(), pretrained.get(index));
            assertThat(moved).isBetween(0.045, 0.055);
            assertThat(distance(tenth.get(index).array(), pretrained.get(index)))
                    .isCloseTo(moved / 10, within(1e-4));
        }
    }

    @Test
    void shouldNameTheTextsAndTheSettingsInTheManifest() throws IOException {
        ModelManifest.Training training = train(recipe(), "out").manifest().training();
        ModelManifest.Training shared = train(sharing("out", "pretraining.vocabulary=all"), "b")
                .manifest()
                .training();

        assertThat(training.corpora())
                .extracting(ModelManifest.Corpus::source)
                .anyMatch(source -> source.endsWith("/plain.txt"));
        assertThat(training.settings()).containsEntry("pretraining.epochs", "6");
        assertThat(shared.corpora()).isEqualTo(training.corpora());
    }

    @ParameterizedTest(name = "stopped after step {0}")
    @ValueSource(ints = {3, 20, 47, 139})
    void shouldComeToTheSameWeightsBitByBit(int step) throws IOException {
        // Given an undisturbed run, and one that stopped in the pretraining or after it
        TrainingRecipe recipe = recipe("pretraining.dropout=0.1", "pretraining.wordDropout=0.1");
        ModelBundle undisturbed = train(recipe, "a");
        Path out = folder.resolve("b");
        assertThatThrownBy(() -> trainer(recipe, step).train(data(recipe), folder, out))
                .isInstanceOf(Stop.class);
        notes.clear();

        ModelBundle resumed = trainer(recipe, 0).resume(data(recipe), folder, out);

        assertThat(sha(resumed)).isEqualTo(sha(undisturbed));
        assertThat(resumed.manifest()).isEqualTo(undisturbed.manifest());
        assertThat(notes.stream().anyMatch(note -> note.startsWith("going on in epoch")))
                .isEqualTo(step > 7);
        assertThat(Digests.sha256(out.resolve("pretrained.encoder")))
                .isEqualTo(Digests.sha256(folder.resolve("a/pretrained.encoder")));
    }

    @Test
    void shouldRefuseToGoOnWithOtherTexts() throws IOException {
        Path out = folder.resolve("b");
        assertThatThrownBy(() -> trainer(recipe(), 20).train(data(recipe()), folder, out))
                .isInstanceOf(Stop.class);
        TrainingData data = data(recipe());
        List<CorpusExample> fewer = data.texts().examples().subList(0, 300);
        TrainingData other = new TrainingData(data.training(), data.dev(), Map.of())
                .withPretrainingTexts(data.texts().withExamples(fewer));

        assertThatThrownBy(() -> trainer(recipe(), 0).resume(other, folder, out))
                .hasMessageContaining("expected the data it began with, got other data");
    }

    @Test
    void shouldLeaveFrozenTablesAsTheyAre() throws IOException {
        Files.writeString(folder.resolve("vectors.txt"), "2 3\nba 1 2 3\nbb -1 -2 -3\n");
        String column =
                "\n    - {feature: word, dimension: 3, table: v, vocabulary: vectors, vectors: vectors.txt, frozenEpochs: ";
        String frozen = RECIPE.replace("dimension: 16}", "dimension: 16}" + column + "1}");
        String free = RECIPE.replace("dimension: 16}", "dimension: 16}" + column + "0}");
        train(read(frozen), "frozen");
        train(read(free), "free");

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
        train(recipe(), "a");
        heldOut.clear();

        ModelBundle shared = train(sharing("a", "pretraining.vocabulary=all", "training.seed=6"), "b");

        assertThat(heldOut).isEmpty();
        List<float[]> pretrained = EncoderFile.read(folder.resolve("a/pretrained.encoder"))
                .weights()
                .arrays();
        List<FloatBuffer> encoder = SharedEncoderBundles.encoder(shared);
        for (int index = 0; index < encoder.size(); index++) {
            assertThat(distance(encoder.get(index).array(), pretrained.get(index)))
                    .isLessThan(1e-4);
        }
        assertThat(shared.ids().get(0).size()).isEqualTo(2 + WORDS + 2);
    }

    @Test
    void shouldRefuseTheEncoderOfAnotherNetworkOrVocabulary() throws IOException {
        train(recipe(), "a");

        assertThatThrownBy(() -> train(sharing("a", "network.stateSize=25"), "b"))
                .hasMessageContaining("pretrained.encoder': expected")
                .hasMessageContaining("stateSize=24");
        assertThatThrownBy(() -> train(sharing("a", "network.stateSize=25", "pretraining.vocabulary=all"), "b"))
                .hasMessageContaining("stateSize=25")
                .hasMessageContaining("stateSize=24")
                .hasMessageContaining("use the network that it was pretrained with");
        assertThatThrownBy(() -> train(sharing("a"), "b"))
                .hasMessageContaining("expected word.vocabulary.txt of the training's texts (SHA-256")
                .hasMessageContaining("take over those of the file with pretraining.vocabulary=all");
        assertThatThrownBy(() -> train(sharing("nowhere"), "b"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("expected a file, found none");
        Files.createDirectories(folder.resolve("other"));
        Files.writeString(folder.resolve("other/pretrained.encoder"), "something else");
        assertThatThrownBy(() -> train(sharing("other"), "b"))
                .hasMessageContaining("expected a file that a pretraining of this version wrote");
        byte[] whole = Files.readAllBytes(folder.resolve("a/pretrained.encoder"));
        Files.write(folder.resolve("other/pretrained.encoder"), Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> train(sharing("other"), "b"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("expected a whole file");
    }

    @Test
    void shouldNeverReadTextsOfDevAndOfWhatIsExcluded() throws IOException {
        Files.writeString(folder.resolve("dev.tsv"), "positive\tba, bb @ana bd\n");
        Files.writeString(folder.resolve("test.tsv"), "negative\tbb bd bj\n");
        Files.writeString(folder.resolve("more.tsv"), "negative\tba bb bd\nneutral\tbb bd bj\npositive\tbc bh bo\n");
        TrainingRecipe recipe = read(
                RECIPE.replace("[text:plain.txt]", "[tsv:more.tsv]") + "dev: [tsv:dev.tsv]\nexclude: [tsv:test.tsv]\n");

        assertThat(texts(recipe)).containsExactly("bc bh bo");
        // Labels of the texts are not asked for, and dev data that no recipe names count too
        assertThat(data(recipe).texts().examples())
                .extracting(CorpusExample::text)
                .containsExactly("bc bh bo");
        TrainingRecipe alone = read(RECIPE.replace("[text:plain.txt]", "[tsv:more.tsv]"));
        assertThat(texts(alone)).hasSize(3);
        Corpus dev = labelled("dev", "bb bd bj", "bc bh bo");
        assertThat(new TrainingData(labelled("a", "x", "y"), dev, Map.of())
                        .withPretrainingTexts(TrainingData.pretrainingTexts(List.of(alone), folder, reader()))
                        .texts()
                        .examples())
                .extracting(CorpusExample::text)
                .containsExactly("ba bb bd");
    }

    @Test
    void shouldSayThatThereIsTooLittleToRead() {
        assertThatThrownBy(() -> train(recipe("pretraining.heldOut=0.001"), "b"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("pretraining.texts: expected known words in at least 2000 texts, got 400");
    }

    private static double distance(float[] one, float[] other) {
        double most = 0;
        for (int cell = 0; cell < one.length; cell++) {
            most = Math.max(most, Math.abs(one[cell] - other[cell]));
        }
        return most;
    }

    private static String sha(ModelBundle bundle) throws IOException {
        return Digests.sha256(bundle.directory().resolve("weights.params"));
    }

    private TrainingRecipe sharing(String trained, String... overrides) throws IOException {
        String own = RECIPE.replace(
                        "texts: [text:plain.txt]", "encoder: " + folder.resolve(trained + "/pretrained.encoder"))
                .replace("  vocabulary: all\n", "");
        return read(own, overrides);
    }

    private TrainingRecipe recipe(String... overrides) throws IOException {
        return read(RECIPE, overrides);
    }

    private TrainingRecipe read(String text, String... overrides) throws IOException {
        return RecipeFile.read(Files.writeString(folder.resolve("recipe.yaml"), text), List.of(overrides));
    }

    private ModelTrainer trainer(TrainingRecipe recipe, int stopAfter) {
        return new ModelTrainer(recipe, "test", new Listener(stopAfter));
    }

    private ModelBundle train(TrainingRecipe recipe, String out) throws IOException {
        return trainer(recipe, 0).train(data(recipe), folder, folder.resolve(out));
    }

    private TrainingData data(TrainingRecipe recipe) {
        Corpus training = labelled("labelled", "ba bb good", "bc bd bad");
        return new TrainingData(training, labelled("dev", "ba good", "bc bad"), Map.of())
                .withPretrainingTexts(TrainingData.pretrainingTexts(List.of(recipe), folder, reader()));
    }

    private List<String> texts(TrainingRecipe recipe) {
        return TrainingData.pretrainingTexts(List.of(recipe), folder, reader()).examples().stream()
                .map(CorpusExample::text)
                .toList();
    }

    private CorpusReader reader() {
        Path file = folder.resolve("plain.txt");
        try {
            return new CorpusReader(!Files.exists(Files.write(file, sentences())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Corpus labelled(String source, String negative, String positive) {
        return Corpus.ofExamples(
                source,
                List.of(
                        CorpusExample.ofSentiment(negative, "negative"),
                        CorpusExample.ofSentiment(positive, "positive")));
    }

    /** Sentences of a language in which word {@code i} is followed by {@code 2i} or {@code 2i + 1}, modulo their number. */
    private static List<String> sentences() {
        Random random = new Random(3);
        return Stream.generate(() -> {
                    int word = random.nextInt(WORDS);
                    List<String> words = new ArrayList<>();
                    for (int length = 0; length < 16; length++) {
                        words.add("b" + (char) ('a' + word));
                        word = (2 * word + random.nextInt(2)) % WORDS;
                    }
                    return String.join(" ", words);
                })
                .limit(400)
                .toList();
    }
}
