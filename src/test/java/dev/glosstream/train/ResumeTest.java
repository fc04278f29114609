package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.model.Digests;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumeTest {
    private static final Path SAMPLES = Path.of("samples/train");

    @TempDir
    private Path folder;

    /** Ends a run in the middle, as an error does. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class StoppingListener extends SilentListener {
        private final int after;
        private int steps;

        StoppingListener(int after) {
            this.after = after;
        }

        @Override
        public void onStep(double meanLoss) {
            steps++;
            if (steps == after) {
                throw new Stop();
            }
        }
    }

    @ParameterizedTest(name = "{0}, stopped after step {1}")
    @CsvSource({"sentiment, 1", "sentiment, 16", "sentiment, 30", "sentiment, 44", "entities, 23"})
    void shouldComeToTheSameWeightsBitByBit(String task, int step) throws IOException {
        // Given an undisturbed run, and one that stopped in the middle
        ModelBundle undisturbed = new ModelTrainer(recipe(task), "test", new SilentListener())
                .train(data(task), SAMPLES, folder.resolve("a"));
        Path out = folder.resolve("b");
        assertThatThrownBy(() -> new ModelTrainer(recipe(task), "test", new StoppingListener(step))
                        .train(data(task), SAMPLES, out))
                .isInstanceOf(Stop.class);
        List<String> notes = new ArrayList<>();

        // When it goes on
        ModelBundle resumed = new ModelTrainer(recipe(task), "test", new SilentListener() {
                    @Override
                    public void onNote(String note) {
                        notes.add(note);
                    }
                })
                .resume(data(task), SAMPLES, out);

        // Then nobody can tell, and it did not begin again
        assertThat(resumed.manifest()).isEqualTo(undisturbed.manifest());
        assertThat(sha(resumed)).isEqualTo(sha(undisturbed));
        assertThat(notes.stream().anyMatch(note -> note.startsWith("going on in epoch")))
                .isEqualTo(step > 5);
        assertThat(Files.exists(out.resolve(".training"))).isFalse();
    }

    @Test
    void shouldDrawOtherNumbersInEveryStep() {
        RandomDraws draws = new RandomDraws(7);

        assertThat(draws.ofStep(1, 2).nextLong())
                .isEqualTo(draws.ofStep(1, 2).nextLong())
                .isNotEqualTo(draws.ofStep(1, 3).nextLong())
                .isNotEqualTo(draws.ofStep(2, 2).nextLong())
                .isNotEqualTo(new RandomDraws(8).ofStep(1, 2).nextLong());
        assertThat(draws.ofEngine(1, 2)).isNotNegative().isNotEqualTo(draws.ofEngine(1, 3));
    }

    @Test
    void shouldRefuseAnotherRecipeAndOtherData() throws IOException {
        Path out = folder.resolve("b");
        assertThatThrownBy(() -> new ModelTrainer(recipe("sentiment"), "test", new StoppingListener(20))
                        .train(data("sentiment"), SAMPLES, out))
                .isInstanceOf(Stop.class);
        TrainingRecipe other = recipe("sentiment", "training.learningRate=0.02");
        TrainingData data = data("sentiment");
        TrainingData less = new TrainingData(
                data.training().withExamples(data.training().examples().subList(0, 20)), data.dev(), Map.of());

        assertThatThrownBy(() -> new ModelTrainer(other, "test", new SilentListener()).resume(data, SAMPLES, out))
                .hasMessageContaining("expected the recipe and settings it began with, got others");
        assertThatThrownBy(() ->
                        new ModelTrainer(recipe("sentiment"), "test", new SilentListener()).resume(less, SAMPLES, out))
                .hasMessageContaining("expected the data it began with, got other data");
    }

    @Test
    void shouldSayThatItThrowsAnUnfinishedTrainingAway() throws IOException {
        Path out = folder.resolve("b");
        assertThatThrownBy(() -> new ModelTrainer(recipe("sentiment"), "test", new StoppingListener(20))
                        .train(data("sentiment"), SAMPLES, out))
                .isInstanceOf(Stop.class);
        List<String> notes = new ArrayList<>();

        ModelBundle bundle = new ModelTrainer(recipe("sentiment", "training.epochs=1"), "test", new SilentListener() {
                    @Override
                    public void onNote(String note) {
                        notes.add(note);
                    }
                })
                .train(data("sentiment"), SAMPLES, out);

        assertThat(notes).anyMatch(note -> note.startsWith("an unfinished training in " + out + " is thrown away"));
        assertThat(bundle.manifest().training().epochs()).isEqualTo(1);
    }

    @Test
    void shouldPutTheCurvesIntoTheBundle() throws IOException {
        ModelBundle bundle = new ModelTrainer(recipe("sentiment"), "test", new SilentListener())
                .train(data("sentiment"), SAMPLES, folder.resolve("a"));

        assertThat(bundle.manifest().files()).containsKeys("training.tsv", "training.svg");
        assertThat(Files.readAllLines(folder.resolve("a/training.tsv")))
                .hasSize(4)
                .first()
                .isEqualTo("epoch\tloss\tdevScore");
        assertThat(Files.readString(folder.resolve("a/training.svg")))
                .startsWith("<svg ")
                .containsOnlyOnce("mean loss")
                .containsOnlyOnce("dev score");
        assertThat(bundle.manifest().training().settings())
                .containsEntry("patience", "3")
                .containsEntry("epochs", "3");
    }

    private static String sha(ModelBundle bundle) throws IOException {
        return Digests.sha256(bundle.directory().resolve("weights.params"));
    }

    private static TrainingRecipe recipe(String task, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "training.epochs=3",
                "training.patience=3",
                "network.stateSize=8",
                "network.minCount=1",
                "training.learningRate=0.01",
                "training.averaging=0.9",
                "training.batchSize=10",
                "training.checkpointSteps=5"));
        settings.addAll(List.of(more));
        return RecipeFile.read(Path.of("training", task + "-en.yaml"), settings)
                .forOwnData("x")
                .withoutColumnFiles();
    }

    private static TrainingData data(String task) {
        Corpus training = corpus(task, "-train");
        return new TrainingData(training, corpus(task, "-dev"), Map.of());
    }

    private static Corpus corpus(String task, String part) {
        boolean tagging = task.equals("entities");
        return Corpus.read(
                List.of(new CorpusChoice(task + part + (tagging ? ".conll" : ".tsv"), 1)),
                SAMPLES,
                Task.ofCode(task).orElseThrow(),
                CorpusFile.Part.TRAINING,
                new CorpusReader(false));
    }
}
