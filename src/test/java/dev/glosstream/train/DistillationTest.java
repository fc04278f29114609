package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Entity;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusReader;
import dev.glosstream.train.evaluate.BundleEvaluator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistillationTest {
    private static final Path SAMPLES = Path.of("samples/train");

    @TempDir
    private Path folder;

    @Test
    void shouldLearnFromUnlabelledTextsWhatATeacherThinksOfThem() throws IOException {
        // Given a teacher that knows ten reviews by heart
        TrainingRecipe recipe = recipe("sentiment", List.of());
        Corpus reviews = corpus(recipe, "reviews-train.tsv");
        ModelBundle teacher = train(recipe, new TrainingData(reviews, reviews, Map.of()), "teacher");

        // When a student reads one of them with its label, and the others without
        List<CorpusExample> known = reviews.examples().subList(0, 1);
        List<CorpusExample> unknown = reviews.examples().stream()
                .skip(1)
                .map(review -> CorpusExample.ofSentiment(review.text(), ""))
                .toList();
        TrainingData data =
                new TrainingData(reviews.withExamples(known), reviews, new Corpus(unknown, List.of()), Map.of());
        TrainingRecipe taught = recipe("sentiment", List.of(folder.resolve("teacher")));
        ModelBundle student = train(taught, data, "student");

        // Then it knows them all
        assertThat(teacher.task()).isEqualTo(student.task());
        assertThat(BundleEvaluator.evaluate(student, reviews.examples()).metrics())
                .containsEntry("accuracy", 1.0);
    }

    @Test
    void shouldTagUnlabelledSentencesByWhatTeachersSeeInThem() throws IOException {
        TrainingRecipe recipe = recipe("entities", List.of());
        Corpus sentences = corpus(recipe, "entities-train.conll");
        train(recipe, new TrainingData(sentences, sentences, Map.of()), "teacher");
        TrainingRecipe taught = recipe("entities", List.of(folder.resolve("teacher"), folder.resolve("teacher")));

        List<String> texts =
                sentences.examples().stream().map(CorpusExample::text).toList();
        List<Optional<List<Entity>>> seen;
        try (Teachers teachers = Teachers.open(taught)) {
            seen = teachers.entities(texts);
        }

        long right = 0;
        for (int index = 0; index < texts.size(); index++) {
            right += spans(seen.get(index).orElseThrow())
                            .equals(spans(sentences.examples().get(index).entities()))
                    ? 1
                    : 0;
        }
        assertThat(right).isGreaterThan(texts.size() * 8L / 10);
    }

    @Test
    void shouldAverageTheProbabilitiesOfTeachersAndSoftenThem() throws IOException {
        TrainingRecipe recipe = recipe("sentiment", List.of());
        Corpus reviews = corpus(recipe, "reviews-train.tsv");
        train(recipe, new TrainingData(reviews, reviews, Map.of()), "one");
        train(
                recipe("sentiment", List.of(), "training.epochs=1", "training.seed=9"),
                new TrainingData(reviews, reviews, Map.of()),
                "two");

        float[] one = probabilities(1, "one");
        float[] two = probabilities(1, "two");
        float[] both = probabilities(1, "one", "two");
        float[] soft = probabilities(10, "one");

        for (int label = 0; label < both.length; label++) {
            assertThat(both[label]).isCloseTo((one[label] + two[label]) / 2, within(1e-6f));
        }
        assertThat(largest(soft)).isLessThan(largest(one));
        assertThat(one).isNotEqualTo(two);
    }

    @Test
    void shouldRefuseATeacherOfOtherLabels() {
        TrainingRecipe recipe = recipe("sentiment", List.of(Path.of("models/entities-en")));

        assertThatThrownBy(() -> Teachers.open(recipe))
                .hasMessageContaining("expected sentiment with the labels [negative, neutral, positive], got entities");
    }

    private float[] probabilities(double temperature, String... teachers) {
        List<Path> folders = Arrays.stream(teachers).map(folder::resolve).toList();
        try (Teachers opened = Teachers.open(recipe("sentiment", folders))) {
            return opened.probabilities(List.of("Well done!"), temperature)
                    .get(0)
                    .orElseThrow();
        }
    }

    private static double largest(float[] shares) {
        double largest = 0;
        for (float share : shares) {
            largest = Math.max(largest, share);
        }
        return largest;
    }

    private static List<String> spans(List<Entity> entities) {
        return entities.stream()
                .map(entity -> entity.type() + entity.charStart() + "-" + entity.charEnd())
                .toList();
    }

    private ModelBundle train(TrainingRecipe recipe, TrainingData data, String name) throws IOException {
        return new ModelTrainer(recipe, "test", new SilentListener()).train(data, SAMPLES, folder.resolve(name));
    }

    private static TrainingRecipe recipe(String task, List<Path> teachers, String... more) {
        int epochs = task.equals("sentiment") ? 120 : 30;
        List<String> settings = new ArrayList<>(List.of(
                "training.epochs=" + epochs,
                "training.patience=" + epochs,
                "network.stateSize=16",
                "network.minCount=1",
                "training.learningRate=0.01",
                "training.warmUpSteps=0",
                "training.averaging=0",
                "training.batchSize=10",
                "training.caseCopies=0",
                "training.dropout=0",
                "training.wordDropout=0"));
        settings.addAll(Arrays.asList(more));
        if (!teachers.isEmpty()) {
            settings.add("teachers="
                    + String.join(",", teachers.stream().map(Path::toString).toList()));
        }
        return RecipeFile.read(Path.of("training", task + "-en.yaml"), settings)
                .forOwnData("x")
                .withoutColumnFiles();
    }

    private static Corpus corpus(TrainingRecipe recipe, String name) {
        return TrainingData.of(
                        recipe,
                        List.of(new CorpusChoice(name, 1)),
                        List.of(new CorpusChoice(name.replace("-train", "-dev").replace("reviews", "sentiment"), 1)),
                        SAMPLES,
                        new CorpusReader(false))
                .training();
    }
}
