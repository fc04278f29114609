package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.model.Digests;
import dev.glosstream.model.IdSpace;
import dev.glosstream.sequence.TokenIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a pretraining measures after an epoch: the room that it takes, and what is lost if there is not enough. */
class HeldOutLossTest {
    @TempDir
    private Path folder;

    private TinyPretraining runs;

    @BeforeEach
    void prepare() {
        runs = new TinyPretraining(folder);
    }

    @Test
    void shouldCutForetoldWordsIntoPartsThatFit() {
        ForetoldWords all = ForetoldWords.of(List.of(ids(2, 3, 4, 5), ids(6, 7)), 0, true);

        List<ForetoldWords> parts = all.parts(3);

        assertThat(parts).extracting(ForetoldWords::size).containsExactly(3, 3, 2);
        assertThat(parts.stream().flatMapToInt(part -> Arrays.stream(part.words())))
                .containsExactly(Arrays.stream(all.words()).boxed().toArray(Integer[]::new));
        assertThat(parts.stream().flatMapToLong(part -> Arrays.stream(part.cells())))
                .containsExactly(Arrays.stream(all.cells()).boxed().toArray(Long[]::new));
        assertThat(all.parts(8)).hasSize(1);
    }

    private static TokenIds ids(int... words) {
        return new TokenIds(words.length, new int[][] {words});
    }

    @Test
    void shouldMeasureTheSameInAnyRoom() throws IOException {
        TrainingRecipe recipe = runs.recipe();
        TrainingData data = runs.data(recipe);
        ColumnFiles columns = new ColumnFiles(recipe.columns(), folder);
        List<IdSpace> ids = columns.write(
                new ExamplePreparation(recipe, new SilentListener())
                        .tokenized(data.texts().examples()),
                folder);
        try (EncodedExamples none = EncodedExamples.temporary();
                PretrainingTexts texts =
                        PretrainingTexts.encode(data.texts(), recipe, 0, ids, folder.resolve("pieces"));
                LanguageModelTraining training = new LanguageModelTraining(
                        new TaskTraining.Part(
                                recipe,
                                TrainingRun.manifest(
                                        new TrainingRun.Part(recipe, data, 1),
                                        List.of(),
                                        "test",
                                        TrainingFolder.WEIGHTS_TO_BE),
                                none,
                                1),
                        ids,
                        columns,
                        texts.counts(),
                        1)) {
            int vocabulary = ids.get(0).size();
            List<TokenIds> some = texts.heldOut().subList(0, 10);

            double whole = training.measure(some);
            double pieces = training.measure(some, 5 * vocabulary + vocabulary / 2);
            double words = training.measure(some, 1);

            assertThat(pieces).isCloseTo(whole, within(1e-6));
            assertThat(words).isCloseTo(whole, within(1e-6));
            // In float32 a mean of 200 words rounds otherwise than that of five: they were not told together
            assertThat(List.of(pieces, words)).doesNotContain(whole);
        }
    }

    @Test
    void shouldGoOnWithMeasuringIfThatFailed() throws IOException {
        TrainingRecipe recipe = runs.recipe("training.checkpointSteps=0");
        List<Integer> epochs = new ArrayList<>();
        Path out = folder.resolve("b");
        ModelTrainer stopped = new ModelTrainer(recipe, "test", new SilentListener() {
            @Override
            public void onPretrainingEpochEnd(int epoch, double meanLoss, double heldOutLoss) {
                epochs.add(epoch);
                throw new TinyPretraining.Stop();
            }
        });
        assertThatThrownBy(() -> stopped.train(runs.data(recipe), folder, out))
                .isInstanceOf(TinyPretraining.Stop.class);

        runs.trainer(recipe, 0).resume(runs.data(recipe), folder, out);

        assertThat(epochs).containsExactly(1);
        assertThat(runs.notes).contains("going on in epoch 1 of the pretraining after step 23");
        assertThat(runs.heldOut).hasSize(6);
        assertThat(TinyPretraining.sha(runs.train(recipe, "a")))
                .isEqualTo(Digests.sha256(out.resolve("weights.params")));
    }
}
