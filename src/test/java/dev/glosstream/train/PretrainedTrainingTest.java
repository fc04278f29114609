package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.infer.DropoutRates;
import dev.glosstream.infer.FloatMatrix;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.NetworkInspector;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusException;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From a recipe with pretrained vectors and a lexicon to the bundle that serves. */
class PretrainedTrainingTest {
    private static final Path JOINT = Path.of("training/joint-en.yaml");

    private static final String RECIPE =
            """
            task: sentiment
            name: tiny
            version: 1.0.0
            license: Apache-2.0
            labels: [negative, neutral, positive]
            corpora: [reviews.tsv]
            network:
              columns:
                - {feature: word, dimension: 3, vocabulary: both, minCount: 9, vectors: vectors.txt, frozenEpochs: %s}
                - {feature: lexicon, dimension: 2, idsPerToken: 1, lexicon: [mood=words.txt]}
              stateSize: 4
            training:
              epochs: 1
              patience: 1
              batchSize: 2
              learningRate: 0.01
              dropout: 0.4
              layerDropout: 0.2
              embeddingDropout: 0.1
            """;

    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void writeData() throws IOException {
        write("reviews.tsv", "positive\tgood work\nnegative\tbad work\nneutral\twork is work\n");
        write("vectors.txt", "2 3\ngood 1 2 3\nbad -1 -2 -3\n");
        write("words.txt", "good\nbad\n");
    }

    @Test
    void shouldServeFrozenVectorsAsTheyStandInTheFile() throws IOException {
        try (LoadedModel model = LoadedModel.load(train(1))) {
            FloatMatrix table = table(model, 0);

            assertThat(table.rows()).isEqualTo(4);
            assertThat(table.row(0)).containsOnly(0f);
            assertThat(table.row(2)).containsExactly(1, 2, 3);
            assertThat(table.row(3)).containsExactly(-1, -2, -3);
        }
        assertThat(notes).containsExactly("word (3): 2 of 2 entries have pretrained vectors");
    }

    @Test
    void shouldTrainVectorsOnAndLeavePaddingAtZero() throws IOException {
        try (LoadedModel model = LoadedModel.load(train(0))) {
            FloatMatrix words = table(model, 0);
            FloatMatrix classes = table(model, 1);

            assertThat(words.row(2)).doesNotContain(1, 2, 3);
            assertThat(words.row(2)).usingComparatorWithPrecision(0.1f).containsExactly(1, 2, 3);
            assertThat(words.row(0)).containsOnly(0f);
            // Tokens without a class looked this row up
            assertThat(classes.row(0)).containsOnly(0f);
            assertThat(classes.row(2)).doesNotContain(0f);
        }
    }

    @Test
    void shouldNameTheFileThatIsMissing() throws IOException {
        Files.delete(folder.resolve("words.txt"));

        assertThatThrownBy(() -> train(0))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("file '" + folder.resolve("words.txt") + "': expected one that can be read");
    }

    @Test
    void shouldTakeDropoutForEachPlaceThatHasNoneOfItsOwn() {
        assertThat(recipe(0).training().dropout()).isEqualTo(new DropoutRates(0.1f, 0.2f, 0.4f));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void shouldReadEveryRecipeOfTheProject(Path recipe) {
        assertThat(RecipeFile.read(recipe, List.of()).columns()).isNotEmpty();
    }

    static List<Path> recipes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("training"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.equals(JOINT))
                    .toList();
        }
    }

    @Test
    void shouldReadTheJointRecipeOfTheProject() {
        assertThat(JointRecipeFile.read(JOINT, List.of())).isNotNull();
    }

    private static FloatMatrix table(LoadedModel model, int column) {
        return NetworkInspector.of(model).orElseThrow().table(column);
    }

    private ModelBundle train(int frozenEpochs) throws IOException {
        Corpus reviews = Corpus.read(
                List.of(new CorpusChoice("reviews.tsv", 1)),
                folder,
                Task.SENTIMENT,
                CorpusFile.Part.TRAINING,
                new CorpusReader(false));
        ProgressListener listener = new SilentListener() {
            @Override
            public void onNote(String note) {
                notes.add(note);
            }
        };
        return new ModelTrainer(recipe(frozenEpochs), "test", listener)
                .train(new TrainingData(reviews, reviews, Map.of()), folder, folder.resolve("out"));
    }

    private TrainingRecipe recipe(int frozenEpochs) {
        try {
            return RecipeFile.read(write("recipe.yaml", RECIPE.formatted(frozenEpochs)), List.of());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
