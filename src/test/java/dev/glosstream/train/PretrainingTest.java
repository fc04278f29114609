package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.model.Digests;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a recipe with plain texts to a language learned from them, whatever interrupts it. */
class PretrainingTest {
    /** Each word is followed by one of two, and preceded by one of two: whoever knows less cannot do better than ln 2. */
    private static final double ENTROPY = Math.log(2);

    @TempDir
    private Path folder;

    private TinyPretraining runs;

    @BeforeEach
    void prepare() {
        runs = new TinyPretraining(folder);
    }

    @Test
    void shouldComeToTheEntropyOfALanguageAndNoFurther() throws IOException {
        runs.train(runs.recipe("pretraining.epochs=12"), "out");

        // What is held out is told from all words: less than the entropy would mean that it saw what it foretells
        assertThat(runs.heldOut).hasSize(12);
        assertThat(runs.heldOut.get(0)).isGreaterThan(ENTROPY + 0.1);
        assertThat(runs.heldOut.get(11)).isBetween(ENTROPY - 0.02, ENTROPY + 0.06);
    }

    @Test
    void shouldNotSeeWhatItForetellsInThePhrasesOfALexicon() throws IOException {
        // Given phrases that are in the lexicon only if the first of the two words that may follow does follow
        StringBuilder phrases = new StringBuilder();
        for (int word = 0; word < TinyPretraining.WORDS; word++) {
            phrases.append(TinyPretraining.word(word))
                    .append(' ')
                    .append(TinyPretraining.word(2 * word % TinyPretraining.WORDS))
                    .append('\n');
        }
        Files.writeString(folder.resolve("phrases.txt"), phrases);
        String lexicon = "\n    - {feature: lexicon, dimension: 4, idsPerToken: 2, lexicon: [next=phrases.txt]}";

        runs.train(
                runs.read(
                        TinyPretraining.RECIPE.replace("dimension: 16}", "dimension: 16}" + lexicon),
                        "pretraining.epochs=12"),
                "out");

        assertThat(runs.heldOut.get(11)).isBetween(ENTROPY - 0.02, ENTROPY + 0.06);
    }

    @Test
    void shouldForetellWithAForwardLstmAlone() throws IOException {
        runs.train(runs.recipe("pretraining.epochs=12", "network.directions=forward"), "out");

        assertThat(runs.heldOut.get(11)).isBetween(ENTROPY - 0.02, ENTROPY + 0.06);
    }

    @Test
    void shouldNameTheTextsAndTheSettingsInTheManifest() throws IOException {
        ModelManifest.Training training =
                runs.train(runs.recipe(), "out").manifest().training();
        ModelManifest.Training shared = runs.train(runs.sharing("out", "pretraining.vocabulary=all"), "b")
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
        TrainingRecipe recipe = runs.recipe("pretraining.dropout=0.1", "pretraining.wordDropout=0.1");
        ModelBundle undisturbed = runs.train(recipe, "a");
        Path out = folder.resolve("b");
        assertThatThrownBy(() -> runs.trainer(recipe, step).train(runs.data(recipe), folder, out))
                .isInstanceOf(TinyPretraining.Stop.class);
        runs.notes.clear();

        ModelBundle resumed = runs.trainer(recipe, 0).resume(runs.data(recipe), folder, out);

        assertThat(TinyPretraining.sha(resumed)).isEqualTo(TinyPretraining.sha(undisturbed));
        assertThat(resumed.manifest()).isEqualTo(undisturbed.manifest());
        assertThat(runs.notes.stream().anyMatch(note -> note.startsWith("going on in epoch")))
                .isEqualTo(step > 7);
        assertThat(Digests.sha256(out.resolve("pretrained.encoder")))
                .isEqualTo(Digests.sha256(folder.resolve("a/pretrained.encoder")));
    }

    @Test
    void shouldRefuseToGoOnWithOtherTexts() throws IOException {
        Path out = folder.resolve("b");
        assertThatThrownBy(() -> runs.trainer(runs.recipe(), 20).train(runs.data(runs.recipe()), folder, out))
                .isInstanceOf(TinyPretraining.Stop.class);
        TrainingData data = runs.data(runs.recipe());
        List<CorpusExample> fewer = data.texts().examples().subList(0, 300);
        TrainingData other = new TrainingData(data.training(), data.dev(), Map.of())
                .withPretrainingTexts(data.texts().withExamples(fewer));

        assertThatThrownBy(() -> runs.trainer(runs.recipe(), 0).resume(other, folder, out))
                .hasMessageContaining("expected the data it began with, got other data");
    }

    @Test
    void shouldNeverReadTextsOfDevAndOfWhatIsExcluded() throws IOException {
        Files.writeString(folder.resolve("dev.tsv"), "positive\tba, bb @ana bd\n");
        Files.writeString(folder.resolve("test.tsv"), "negative\tbb bd bj\n");
        Files.writeString(folder.resolve("more.tsv"), "negative\tba bb bd\nneutral\tbb bd bj\npositive\tbc bh bo\n");
        TrainingRecipe recipe = runs.read(TinyPretraining.RECIPE.replace("[text:plain.txt]", "[tsv:more.tsv]")
                + "dev: [tsv:dev.tsv]\nexclude: [tsv:test.tsv]\n");

        assertThat(runs.texts(recipe)).containsExactly("bc bh bo");
        // Labels of the texts are not asked for, and dev data that no recipe names count too
        assertThat(runs.data(recipe).texts().examples())
                .extracting(CorpusExample::text)
                .containsExactly("bc bh bo");
        TrainingRecipe alone = runs.read(TinyPretraining.RECIPE.replace("[text:plain.txt]", "[tsv:more.tsv]"));
        assertThat(runs.texts(alone)).hasSize(3);
        Corpus dev = TinyPretraining.labelled("dev", "bb bd bj", "bc bh bo");
        assertThat(new TrainingData(TinyPretraining.labelled("a", "x", "y"), dev, Map.of())
                        .withPretrainingTexts(TrainingData.pretrainingTexts(List.of(alone), folder, runs.reader()))
                        .texts()
                        .examples())
                .extracting(CorpusExample::text)
                .containsExactly("ba bb bd");
    }

    @Test
    void shouldSayThatThereIsTooLittleToRead() {
        assertThatThrownBy(() -> runs.train(runs.recipe("pretraining.heldOut=0.001"), "b"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("pretraining.texts: expected known words in at least 2000 texts, got 400");
    }
}
