package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.ConfigException;
import dev.glosstream.infer.SharedEncoderBundles;
import dev.glosstream.model.Digests;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusReader;
import dev.glosstream.train.evaluate.BundleEvaluator;
import dev.glosstream.train.evaluate.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JointTrainerTest {
    private static final Path SAMPLES = Path.of("samples/train");
    private static final String RECIPE =
            """
            task: joint
            version: 1.0.0
            license: CC-BY-SA-4.0
            tasks:
              - {recipe: RECIPES/sentiment-en.yaml, name: joint-mood, set: [training.batchSize=10, training.caseCopies=0]}
              - {recipe: RECIPES/entities-en.yaml, name: joint-names, lossWeight: 0.5, set: [training.batchSize=16]}
            network:
              columns:
                - {feature: word, dimension: 16}
                - {feature: shape, dimension: 4}
              minCount: 1
              stateSize: 16
            training:
              epochs: 12
              patience: 12
              learningRate: 0.01
              averaging: 0.9
              checkpointSteps: 7
              seed: 3
            """;

    @TempDir
    private Path folder;

    /** Stops a run as a kill would. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void shouldWriteABundleForEachTaskWithTheSameEncoder() throws IOException {
        // When two tasks are trained on one encoder
        List<ModelBundle> bundles = trainer(recipe(), new SilentListener()).train(data(), SAMPLES, folder);

        // Then each has a bundle of its own, which names the encoder that both have
        assertThat(bundles).extracting(ModelBundle::id).containsExactly("joint-mood@1.0.0", "joint-names@1.0.0");
        assertThat(bundles)
                .extracting(ModelBundle::directory)
                .containsExactly(folder.resolve("sentiment"), folder.resolve("entities"));
        ModelBundle mood = bundles.get(0);
        ModelBundle names = bundles.get(1);
        assertThat(mood.manifest().encoder())
                .isEqualTo(names.manifest().encoder())
                .hasSize(64);
        assertThat(SharedEncoderBundles.encoder(mood)).isEqualTo(SharedEncoderBundles.encoder(names));
        assertThat(mood.sharesEncoder(names)).isTrue();
        assertThat(mood.readsLike(names)).isTrue();
        // And says how it was trained
        assertThat(mood.manifest().training().settings())
                .containsEntry("batchSize", "10")
                .containsEntry("epochs", "12");
        assertThat(names.manifest().training().settings())
                .containsEntry("batchSize", "16")
                .containsEntry("lossWeight", "0.5");
        // And whom it owes its existence to: the data of both tasks, by a licence that suits all of them
        assertThat(names.manifest().license()).isEqualTo("CC-BY-SA-4.0");
        assertThat(names.manifest().training().corpora())
                .extracting(ModelManifest.Corpus::source)
                .containsExactly("train/entities-train.conll", "train/sentiment-train.tsv");
        assertThat(names.manifest().attributions())
                .isEqualTo(mood.manifest().attributions())
                .anyMatch(line -> line.startsWith("GoEmotions"))
                .anyMatch(line -> line.startsWith("WNUT-17"))
                .doesNotHaveDuplicates();
        assertThat(Files.exists(folder.resolve(".training"))).isFalse();
    }

    @Test
    void shouldLearnBothTasks() throws IOException {
        List<Report> last = new ArrayList<>();
        ProgressListener listener = new SilentListener() {
            @Override
            public void onEpochEnd(int epoch, double meanLoss, List<Report> dev, boolean kept) {
                last.clear();
                last.addAll(dev);
            }
        };
        TrainingData mood = data(Task.SENTIMENT, "reviews-train.tsv", "reviews-train.tsv");
        TrainingData names = data(Task.ENTITIES, "entities-train.conll", "entities-train.conll");

        List<ModelBundle> bundles = trainer(
                        recipe("training.epochs=30", "training.patience=30", "training.averaging=0"), listener)
                .train(List.of(mood, names), SAMPLES, folder);

        assertThat(last).extracting(Report::task).containsExactly(Task.SENTIMENT, Task.ENTITIES);
        assertThat(BundleEvaluator.evaluate(bundles.get(0), mood.dev().examples())
                        .metrics())
                .containsEntry("accuracy", 1.0);
        assertThat(BundleEvaluator.evaluate(bundles.get(1), names.dev().examples())
                        .score())
                .isGreaterThan(0.9);
    }

    @Test
    void shouldGoOnToTheSameWeightsBitByBit() throws IOException {
        // Given an undisturbed run, and one that stopped in its third epoch
        JointRecipe recipe = recipe("training.epochs=4");
        List<ModelBundle> undisturbed =
                trainer(recipe, new SilentListener()).train(data(), SAMPLES, folder.resolve("a"));
        Path out = folder.resolve("b");
        assertThatThrownBy(() -> trainer(recipe, new SilentListener() {
                            private int steps;

                            @Override
                            public void onStep(double meanLoss) {
                                steps++;
                                if (steps == 25) {
                                    throw new Stop();
                                }
                            }
                        })
                        .train(data(), SAMPLES, out))
                .isInstanceOf(Stop.class);

        // When it goes on
        List<ModelBundle> resumed = trainer(recipe, new SilentListener()).resume(data(), SAMPLES, out);

        // Then nobody can tell
        for (int task = 0; task < 2; task++) {
            assertThat(resumed.get(task).manifest())
                    .isEqualTo(undisturbed.get(task).manifest());
            assertThat(sha(resumed.get(task))).isEqualTo(sha(undisturbed.get(task)));
        }
    }

    @Test
    void shouldPretrainTheEncoderOfBothTasksOnce() throws IOException {
        // Given texts, one of which is dev data of the second task
        String dev = data().get(1).dev().examples().get(0).text();
        Files.writeString(folder.resolve("plain.txt"), "good work\nit works well\nwell done\nit is bad\n" + dev + "\n");
        JointRecipe recipe = read(
                RECIPE + "pretraining: {texts: [text:./plain.txt], epochs: 2, heldOut: 0.5, vocabulary: all}\n",
                "training.epochs=1");
        List<Double> heldOut = new ArrayList<>();
        ProgressListener listener = new SilentListener() {
            @Override
            public void onPretrainingEpochEnd(int epoch, double meanLoss, double heldOutLoss) {
                heldOut.add(heldOutLoss);
            }
        };
        // The dev data that the recipes of the project name are not here; that of the samples counts below
        List<TrainingRecipe> own =
                recipe.recipes().stream().map(each -> each.forOwnData("own")).toList();
        Corpus texts = TrainingData.pretrainingTexts(own, SAMPLES, new CorpusReader(false));
        List<TrainingData> data =
                data().stream().map(each -> each.withPretrainingTexts(texts)).toList();

        List<ModelBundle> bundles = trainer(recipe, listener).train(data, SAMPLES, folder.resolve("out"));

        assertThat(heldOut).hasSize(2);
        assertThat(bundles)
                .allSatisfy(bundle -> assertThat(bundle.manifest().training().corpora())
                        .extracting(ModelManifest.Corpus::source)
                        .filteredOn(source -> source.endsWith("plain.txt"))
                        .hasSize(1));
        assertThat(data.get(1).texts().examples())
                .extracting(CorpusExample::text)
                .containsExactly("good work", "it works well", "well done", "it is bad");
    }

    @Test
    void shouldRefuseTasksThatAreTheSame() {
        assertThatThrownBy(() -> read(RECIPE.replace("entities-en.yaml", "sentiment-en.yaml")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("tasks: expected at least two, all different, got [sentiment, sentiment]");
    }

    @Test
    void shouldRefuseWhatTheTasksRecipesSay() {
        assertThatThrownBy(() -> read(RECIPE, "training.batchSize=3"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("training.batchSize");
    }

    @Test
    void shouldUnderstandTheShippedRecipe() {
        Path file = Path.of("training/joint-en.yaml");

        JointRecipe recipe = JointRecipeFile.read(file, List.of("training.epochs=2"));

        assertThat(recipe.recipes()).extracting(each -> each.task().code()).containsExactly("sentiment", "entities");
        assertThat(recipe.recipes())
                .allSatisfy(each -> assertThat(each.training().epochs()).isEqualTo(2));
    }

    private static String sha(ModelBundle bundle) throws IOException {
        return Digests.sha256(bundle.directory().resolve("weights.params"));
    }

    private JointTrainer trainer(JointRecipe recipe, ProgressListener listener) {
        return new JointTrainer(recipe, "test", listener);
    }

    private JointRecipe recipe(String... overrides) throws IOException {
        return read(RECIPE, overrides);
    }

    private JointRecipe read(String text, String... overrides) throws IOException {
        Path file = folder.resolve("joint.yaml");
        Files.writeString(
                file,
                text.replace("RECIPES", Path.of("training").toAbsolutePath().toString()));
        return JointRecipeFile.read(file, List.of(overrides));
    }

    private static List<TrainingData> data() {
        return List.of(
                data(Task.SENTIMENT, "sentiment-train.tsv", "sentiment-dev.tsv"),
                data(Task.ENTITIES, "entities-train.conll", "entities-dev.conll"));
    }

    private static TrainingData data(Task task, String training, String dev) {
        return new TrainingData(corpus(task, training), corpus(task, dev), Map.of());
    }

    private static Corpus corpus(Task task, String name) {
        return Corpus.read(
                List.of(new CorpusChoice(name, 1)), SAMPLES, task, CorpusFile.Part.TRAINING, new CorpusReader(false));
    }
}
