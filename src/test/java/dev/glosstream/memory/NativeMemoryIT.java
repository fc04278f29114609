package dev.glosstream.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.infer.InferenceException;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.train.Corpus;
import dev.glosstream.train.CorpusChoice;
import dev.glosstream.train.ModelTrainer;
import dev.glosstream.train.ProgressListener;
import dev.glosstream.train.RecipeFile;
import dev.glosstream.train.TrainingData;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusReader;
import dev.glosstream.train.evaluate.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Native memory does not grow, however much is labelled or trained.
 *
 * <p>The Java heap of the test's process is touched in full at its start, so what resident memory gains later is native.
 */
class NativeMemoryIT {
    private static final int WINDOW = 500;
    private static final int WINDOWS = 400;

    private final ResidentPeaks peaks = new ResidentPeaks();

    @TempDir
    private Path folder;

    @BeforeEach
    void requireProcessStatus() {
        assumeThat(Path.of("/proc/self/status"))
                .as("resident memory is read from /proc, which only Linux has")
                .exists();
    }

    @Test
    void shouldStayFlatOverTwoHundredThousandTexts() {
        requireFlat(
                TinyBundles.write(folder.resolve("s"), Task.SENTIMENT),
                TinyBundles.write(folder.resolve("e"), Task.ENTITIES));
    }

    @Test
    void shouldStayFlatOverTwoHundredThousandTextsOfTorchScript() {
        Path bundles = Path.of("src/test/resources/torchscript/bundles");
        requireFlat(ModelBundle.open(bundles.resolve("sentiment-bf16")), ModelBundle.open(bundles.resolve("entities")));
    }

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void shouldStayFlatOverTwoHundredThousandTextsAsTheyAreServed(PrecisionChoice precision) {
        requireFlat(
                LoadedModel.load(TinyBundles.write(folder.resolve("s"), Task.SENTIMENT), DeviceChoice.CPU, precision),
                LoadedModel.load(TinyBundles.write(folder.resolve("e"), Task.ENTITIES), DeviceChoice.CPU, precision));
    }

    @Test
    void shouldStayFlatOverLoadingAndClosing() {
        ModelBundle bundle = ModelBundle.open(Path.of("models/sentiment-en"));
        // Each of them is more than 6 MB, and what was read of each waits for a collection
        int rounds = 120;
        for (int round = 0; round < rounds; round++) {
            LoadedModel.load(bundle, DeviceChoice.CPU, PrecisionChoice.BF16).close();
            peaks.sample();
        }

        peaks.requireFlat(rounds);
    }

    private void requireFlat(ModelBundle sentimentBundle, ModelBundle entitiesBundle) {
        requireFlat(LoadedModel.load(sentimentBundle), LoadedModel.load(entitiesBundle));
    }

    private void requireFlat(LoadedModel sentiment, LoadedModel entities) {
        try (sentiment;
                entities;
                TextLabeller labeller = new TextLabeller(
                        List.of(TaskModel.of(sentiment), TaskModel.of(entities)),
                        LimitSettings.DEFAULT,
                        BatchingSettings.DEFAULT,
                        new BatchStatistics())) {
            Random random = new Random(3);
            for (int window = 0; window < WINDOWS; window++) {
                assertThat(labeller.label(window(labeller, random))).hasSize(WINDOW);
                peaks.sample();
            }
        }

        peaks.requireFlat(WINDOWS);
    }

    @Test
    void shouldStayFlatOverBatchesThatFail() {
        ModelBundle bundle = ModelBundle.open(Path.of("src/test/resources/torchscript/bundles/sentiment-bf16"));
        // Given a batch of a megabyte and more, with an id that no table has
        int length = 4096;
        int[][] ids = {new int[length], new int[length * 8], new int[length]};
        ids[0][0] = 1_000_000;
        PaddedBatch batch = new PaddedBatch(Collections.nCopies(4, new TokenIds(length, ids)));
        int rounds = 700;
        try (LoadedModel model = LoadedModel.load(bundle);
                SequenceScorer scorer = model.newScorer()) {
            for (int round = 0; round < rounds; round++) {
                assertThatThrownBy(() -> scorer.score(batch)).isInstanceOf(InferenceException.class);
                peaks.sample();
            }
        }

        peaks.requireFlat(rounds);
    }

    private static List<PreparedText> window(TextLabeller labeller, Random random) {
        List<PreparedText> window = new ArrayList<>();
        for (int text = 0; text < WINDOW; text++) {
            String words = "the good Paris is not bad ".repeat(1 + random.nextInt(8));
            labeller.prepare(words).fold(window::add, rejection -> false);
        }
        return window;
    }

    @Test
    void shouldStayFlatFromEpochToEpoch() throws IOException {
        // Given a training run of many short epochs, with the CRF and everything else in it
        ProgressListener listener = new ProgressListener() {
            @Override
            public void onEpochStart(int epoch, int epochs, int steps) {}

            @Override
            public void onStep(double meanLoss) {}

            @Override
            public void onEpochEnd(int epoch, double meanLoss, List<Report> dev, boolean kept) {
                peaks.sample();
            }
        };
        Corpus sentences = Corpus.read(
                List.of(new CorpusChoice("samples/train/entities-train.conll", 1)),
                Path.of(""),
                Task.ENTITIES,
                CorpusFile.Part.TRAINING,
                new CorpusReader(false));

        // When it runs
        new ModelTrainer(
                        RecipeFile.read(
                                        Path.of("training/entities-en.yaml"),
                                        List.of("training.epochs=40", "training.patience=40", "network.minCount=1"))
                                .withoutColumnFiles(),
                        "test",
                        listener)
                .train(new TrainingData(sentences, sentences, Map.of()), folder, folder);

        // Then the last epochs hold no more than those of the warm-up
        peaks.requireFlat(40);
    }
}
