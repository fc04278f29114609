package dev.glosstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.batch.BatchPlanner;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.infer.torchscript.LstmPieces;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
    private static final BatchingSettings BATCHING = new BatchingSettings(16, 1000, Duration.ofMillis(20), 96);

    @TempDir
    private Path folder;

    private final List<String> shapes = new ArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private WarmUp warmUp;

    @BeforeEach
    void setUp() {
        ModelBundle bundle = TinyBundles.write(folder.resolve("bundle"), Task.SENTIMENT, 72);
        int classes = bundle.manifest().labels().size();
        warmUp = new WarmUp(List.of(new TaskModel(bundle, () -> new Recorder(classes))), BATCHING);
    }

    @Test
    void shouldScoreEachShapeThatIsReadInOnePieceAndTheLongestText() {
        warmUp.run(() -> true);

        List<String> pieces = BatchPlanner.ROWS.stream()
                .filter(rows -> rows <= BATCHING.maxRecords())
                .flatMap(rows -> LstmPieces.lengths(rows).stream()
                        .filter(length -> rows * length <= BATCHING.tokenBudget())
                        .map(length -> rows + "x" + length))
                .toList();
        assertThat(pieces).contains("1x1", "1x5", "4x24", "12x8", "16x4").doesNotContain("12x5", "16x8");
        assertThat(shapes).containsAll(pieces).contains("1x72").noneMatch(shape -> shape.endsWith("x128"));
        assertThat(Collections.frequency(shapes, "1x16"))
                .as("single texts of usual length")
                .isGreaterThan(15);
        assertThat(open).hasValue(0);
    }

    @Test
    void shouldShareTheShapesBetweenRuns() {
        warmUp.run(() -> true);
        shapes.clear();

        warmUp.run(() -> true);

        assertThat(shapes).isNotEmpty().containsOnly("1x16");
    }

    @Test
    void shouldEndEarlyAndReleaseItsScorers() {
        AtomicInteger asked = new AtomicInteger();

        int texts = warmUp.run(() -> asked.incrementAndGet() < 3);

        assertThat(texts).isEqualTo(2);
        assertThat(shapes).containsExactly("1x1", "1x2");
        assertThat(open).hasValue(0);
    }

    /** Remembers the shapes that it was given. */
    private final class Recorder implements SequenceScorer {
        private final int classes;

        Recorder(int classes) {
            this.classes = classes;
            open.incrementAndGet();
        }

        @Override
        public List<ScoreMatrix> score(PaddedBatch batch) {
            shapes.add(batch.batchSize() + "x" + batch.paddedLength());
            return Collections.nCopies(batch.batchSize(), new ScoreMatrix(new float[classes], classes));
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
