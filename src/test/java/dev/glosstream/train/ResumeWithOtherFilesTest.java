package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A killed training whose lexicons, vectors or teachers are no longer what they were. */
class ResumeWithOtherFilesTest {
    private static final String COLUMNS =
            """
            dimension: 16}
                - {feature: word, dimension: 3, table: v, vocabulary: vectors, vectors: vectors.txt}
                - {feature: lexicon, dimension: 2, idsPerToken: 1, lexicon: [mood=words.txt, place=places.txt]}\
            """;

    @TempDir
    private Path folder;

    private TinyPretraining runs;

    @BeforeEach
    void prepare() throws IOException {
        runs = new TinyPretraining(folder);
        Files.writeString(folder.resolve("vectors.txt"), "3 3\nba 1 2 3\nbb -1 -2 -3\nbc 1 1 1\n");
        Files.writeString(folder.resolve("words.txt"), "good\nbad\n");
        Files.writeString(folder.resolve("places.txt"), "rome\n");
        runs.train(recipe(), "teacher");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"vectors.txt, '2 3\nba 1 2 3\nbb -1 -2 -3\n'", "words.txt, 'good\n'", "places.txt, 'bonn\n'"})
    void shouldRefuseAChangedLexiconOrChangedVectors(String file, String content) throws IOException {
        stop();
        String before = Files.readString(folder.resolve(file));
        Files.writeString(folder.resolve(file), content);

        assertThatThrownBy(this::resume)
                .hasMessageContaining("expected the data it began with, got other data, lexicons, vectors or teachers")
                .hasMessageContaining("start again without --resume");
        Files.writeString(folder.resolve(file), before);
        assertThatCode(this::resume).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseATeacherThatChanged() throws IOException {
        stop();
        ModelBundle.open(folder.resolve("teacher")).record("other", Map.of("accuracy", 0.5));

        assertThatThrownBy(this::resume).hasMessageContaining("got other data, lexicons, vectors or teachers");
    }

    @Test
    void shouldRefuseACheckpointOfAnotherShape() throws IOException {
        Path file = folder.resolve("checkpoint");
        CheckpointFile checkpoint = new CheckpointFile(file, "recipe", "data");
        checkpoint.write(out -> {
            FloatArrays.write(out, new float[] {1, 2, 3});
            FloatArrays.write(out, new int[] {4, 5});
        });
        String all = "checkpoint '" + file + "': expected the state of this network and nothing else, got ";

        checkpoint.read(in -> {
            float[] floats = new float[3];
            int[] ints = new int[2];
            FloatArrays.read(in, floats);
            FloatArrays.read(in, ints);
            assertThat(floats).containsExactly(1, 2, 3);
            assertThat(ints).containsExactly(4, 5);
        });
        assertThatThrownBy(() -> checkpoint.read(in -> FloatArrays.read(in, new float[2])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(all + "an array of 3 numbers in place of 2; start again without --resume");
        assertThatThrownBy(() -> checkpoint.read(in -> FloatArrays.read(in, new float[3])))
                .hasMessage(all + "something after it; start again without --resume");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> checkpoint.read(in -> {
                    FloatArrays.read(in, new float[3]);
                    FloatArrays.read(in, new int[2]);
                }))
                .hasMessage(all + "a file that ends early; start again without --resume");
    }

    private void stop() throws IOException {
        TrainingRecipe recipe = taught();
        assertThatThrownBy(() -> runs.trainer(recipe, 3).train(runs.data(recipe), folder, folder.resolve("b")))
                .isInstanceOf(TinyPretraining.Stop.class);
    }

    private void resume() throws IOException {
        runs.notes.clear();
        TrainingRecipe recipe = taught();
        runs.trainer(recipe, 0).resume(runs.data(recipe), folder, folder.resolve("b"));
        assertThat(runs.notes).contains("going on in epoch 3 after step 0");
    }

    private TrainingRecipe taught() throws IOException {
        return recipe(
                "teachers=" + folder.resolve("teacher"),
                "training.distillation=0.5",
                "training.epochs=4",
                "training.patience=4",
                "training.checkpointSteps=1");
    }

    private TrainingRecipe recipe(String... settings) throws IOException {
        return runs.read(TinyPretraining.RECIPE.replace("dimension: 16}", COLUMNS), settings)
                .withPretraining(PretrainingSettings.NONE);
    }
}
