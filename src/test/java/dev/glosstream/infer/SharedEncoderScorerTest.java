package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.TokenIds;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of one encoder run by DJL, operator by operator, as they are on a GPU; here on the processor. */
class SharedEncoderScorerTest {
    /** Single precision: the engine may add in another order. */
    private static final float TOLERANCE = 1e-5f;

    @TempDir
    private Path folder;

    private LoadedModel mood;
    private LoadedModel names;
    private PaddedBatch batch;

    @BeforeEach
    void load() {
        List<ModelBundle> bundles = SharedEncoderBundles.pair(folder);
        mood = LoadedModel.load(bundles.get(0));
        names = LoadedModel.load(bundles.get(1));
        batch = new PaddedBatch(MixedRows.of(bundles.get(0)));
    }

    @AfterEach
    void close() {
        mood.close();
        names.close();
    }

    @Test
    void shouldScoreAsEachModelDoesByItself() {
        try (JointScorer together = LoadedModel.newScorer(List.of(mood, names));
                SequenceScorer ofMood = mood.newScorer();
                SequenceScorer ofNames = names.newScorer()) {
            assertThat(together).isInstanceOf(SharedEncoderScorer.class);

            List<List<ScoreMatrix>> found = together.score(batch);

            assertThat(found).hasSize(batch.batchSize()).allSatisfy(ofText -> assertThat(ofText)
                    .hasSize(2));
            assertThat(MixedRows.largestDifference(of(found, 0), ofMood.score(batch)))
                    .isLessThan(TOLERANCE);
            assertThat(MixedRows.largestDifference(of(found, 1), ofNames.score(batch)))
                    .isLessThan(TOLERANCE);
        }
    }

    @Test
    void shouldScoreATextTheSameAloneAndBesideOthers() {
        try (JointScorer scorer = LoadedModel.newScorer(List.of(mood, names))) {
            List<List<ScoreMatrix>> together = scorer.score(batch);

            List<TokenIds> rows = MixedRows.of(mood.bundle());
            for (int row = 0; row < rows.size(); row++) {
                List<ScoreMatrix> alone =
                        scorer.score(new PaddedBatch(List.of(rows.get(row)))).get(0);
                assertThat(MixedRows.largestDifference(alone, together.get(row)))
                        .as("text %d", row)
                        .isLessThan(TOLERANCE);
            }
        }
    }

    @Test
    void shouldNoteNothingForGradientsOnAnyThread() throws Exception {
        // PyTorch records on every thread but the one that loaded the engine: this is one of the others.
        FutureTask<Boolean> recorded = new FutureTask<>(this::recordsGradients);
        new Thread(recorded, "another").start();

        assertThat(recorded.get()).isFalse();
    }

    private boolean recordsGradients() {
        assertThat(JniUtils.isGradMode()).isTrue();
        SequenceNetwork network = (SequenceNetwork) mood.model().getBlock();
        try (NDManager scratch = mood.model().getNDManager().newSubManager()) {
            ParameterStore parameters = new ParameterStore(scratch, false);
            return network.encode(parameters, BatchArrays.of(scratch, batch), false)
                    .hasGradient();
        }
    }

    @Test
    void shouldNameTheModelsThatFailed() {
        JointScorer scorer = LoadedModel.newScorer(List.of(mood, names));
        scorer.close();

        assertThatThrownBy(() -> scorer.score(batch))
                .isInstanceOf(InferenceException.class)
                .hasMessageStartingWith(
                        "models '%s', '%s': failed on ",
                        mood.bundle().id(), names.bundle().id());
    }

    private static List<ScoreMatrix> of(List<List<ScoreMatrix>> answers, int model) {
        return answers.stream().map(ofText -> ofText.get(model)).toList();
    }
}
