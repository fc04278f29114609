package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Task;
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
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelTrainerTest {
    private static final Path RECIPES = Path.of("training");
    private static final Path SAMPLES = Path.of("samples/train");

    @TempDir
    private Path out;

    @Test
    void shouldLearnTenShortReviewsByHeart() throws IOException {
        // Given ten reviews of work, five good and five bad
        Corpus reviews = corpus(Task.SENTIMENT, "reviews-train.tsv");
        assertThat(reviews.examples()).hasSize(10);

        // When a small network reads them a hundred times
        ModelBundle bundle = train(
                "sentiment-en.yaml",
                reviews,
                reviews,
                "training.epochs=100",
                "training.patience=100",
                "network.stateSize=16",
                "network.minCount=1",
                "training.learningRate=0.01",
                "training.warmUpSteps=0",
                "training.averaging=0",
                "training.batchSize=10");

        // Then it knows them all
        assertThat(BundleEvaluator.evaluate(bundle, reviews.examples()).metrics())
                .containsEntry("accuracy", 1.0);
    }

    @Test
    void shouldLearnEntitiesByTheCrf() throws IOException {
        Corpus sentences = corpus(Task.ENTITIES, "entities-train.conll");

        ModelBundle bundle = train(
                "entities-en.yaml",
                sentences,
                sentences,
                "training.epochs=25",
                "network.stateSize=24",
                "network.minCount=1",
                "training.batchSize=16",
                "training.learningRate=0.01",
                "training.warmUpSteps=0",
                "training.averaging=0",
                "training.caseCopies=0");

        assertThat(BundleEvaluator.evaluate(bundle, sentences.examples()).score())
                .isGreaterThan(0.9);
    }

    @Test
    void shouldWriteWhereABundleComesFrom() throws IOException {
        Corpus reviews = corpus(Task.SENTIMENT, "reviews-train.tsv");

        ModelBundle bundle = train("sentiment-en.yaml", reviews, reviews, "training.epochs=1", "network.minCount=1");

        assertThat(bundle.id()).isEqualTo("sentiment-en@1.3.0");
        assertThat(bundle.manifest().training().corpora())
                .singleElement()
                .satisfies(source -> assertThat(source.source()).isEqualTo("train/reviews-train.tsv"));
        assertThat(bundle.manifest().metrics()).containsOnlyKeys("dev");
        assertThat(Files.exists(out.resolve(".training"))).isFalse();
    }

    @Test
    void shouldTrainTheSameWeightsFromTheSameSeed() throws IOException {
        Corpus reviews = corpus(Task.SENTIMENT, "reviews-train.tsv");
        String[] settings = {"training.epochs=3", "network.minCount=1", "network.stateSize=8"};

        byte[] first = weights(train("sentiment-en.yaml", reviews, reviews, settings));
        byte[] second = weights(train("sentiment-en.yaml", reviews, reviews, settings));

        assertThat(second).isEqualTo(first);
    }

    @Test
    void shouldTrainTheSameWeightsOnAnyThread() throws Exception {
        Corpus reviews = corpus(Task.SENTIMENT, "reviews-train.tsv");
        String[] settings = {"training.epochs=2", "network.minCount=1", "network.stateSize=8"};

        byte[] here = weights(train("sentiment-en.yaml", reviews, reviews, settings));
        // PyTorch records gradients on every thread but the one that loaded the engine: this is one of the others.
        FutureTask<byte[]> elsewhere =
                new FutureTask<>(() -> weights(train("sentiment-en.yaml", reviews, reviews, settings)));
        new Thread(elsewhere, "another").start();

        assertThat(elsewhere.get()).isEqualTo(here);
    }

    @Test
    void shouldStopWhenTheDevScoreNoLongerRises() throws IOException {
        Corpus reviews = corpus(Task.SENTIMENT, "reviews-train.tsv");
        List<Integer> epochs = new ArrayList<>();
        ProgressListener listener = new SilentListener() {
            @Override
            public void onEpochEnd(int epoch, double meanLoss, List<Report> dev, boolean kept) {
                epochs.add(epoch);
            }
        };
        TrainingRecipe recipe = RecipeFile.read(
                        RECIPES.resolve("sentiment-en.yaml"),
                        List.of(
                                "training.epochs=50",
                                "training.patience=2",
                                "network.minCount=1",
                                "network.stateSize=4",
                                "training.learningRate=0.0000001"))
                .forOwnData("x")
                .withoutColumnFiles();

        new ModelTrainer(recipe, "test", listener).train(new TrainingData(reviews, reviews, Map.of()), SAMPLES, out);

        assertThat(epochs).hasSizeLessThan(50);
    }

    private static byte[] weights(ModelBundle bundle) throws IOException {
        return Files.readAllBytes(bundle.directory().resolve("weights.params"));
    }

    private ModelBundle train(String recipe, Corpus training, Corpus dev, String... overrides) throws IOException {
        TrainingRecipe settings = RecipeFile.read(RECIPES.resolve(recipe), List.of(overrides))
                .forOwnData(recipe.replace(".yaml", ""))
                .withoutColumnFiles();
        return new ModelTrainer(settings, "test", new SilentListener())
                .train(new TrainingData(training, dev, Map.of()), SAMPLES, out);
    }

    private static Corpus corpus(Task task, String name) {
        return Corpus.read(
                List.of(new CorpusChoice(name, 1)), SAMPLES, task, CorpusFile.Part.TRAINING, new CorpusReader(false));
    }
}
