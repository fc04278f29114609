package dev.glosstream.jmh;

import dev.glosstream.infer.EngineSettings;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long the entities model takes for a batch, by its rows and their length: the time fits {@code c · T (B + R)}, and
 * {@code R} is what the planner counts a batch as.
 *
 * <p>{@code R} of one length from two numbers of rows: {@code (t₁ B₂ − t₂ B₁) / (t₂ − t₁)}.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Thread)
public class BatchShapeBenchmark {
    /** Sequences of the batch. */
    @Param({"1", "8", "32", "64"})
    public int rows;

    /** Tokens of each. */
    @Param({"8", "32", "96"})
    public int length;

    private SequenceScorer scorer = new NoScorer();
    private PaddedBatch batch = new PaddedBatch(List.of(new TokenIds(1, new int[][] {{0}})));

    /** Stands there until the model is loaded. */
    private static final class NoScorer implements SequenceScorer {
        @Override
        public List<ScoreMatrix> score(PaddedBatch batch) {
            return List.of();
        }

        @Override
        public void close() {}
    }

    /** Loads the model and makes a batch of real texts, cut or repeated to the length. */
    @Setup(Level.Trial)
    public void load(MixedTexts mixed) {
        EngineSettings.forServing();
        scorer = LoadedModel.load(ModelBundle.open(Path.of("models/entities-en")))
                .newScorer();
        List<TokenIds> sequences = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            sequences.add(ofLength(mixed.prepared.get(row).ids().get(Task.ENTITIES)));
        }
        batch = new PaddedBatch(sequences);
    }

    private TokenIds ofLength(TokenIds ids) {
        int[][] columns = new int[ids.columnCount()][];
        for (int column = 0; column < columns.length; column++) {
            int[] given = ids.ids(column);
            columns[column] = new int[length * ids.idsPerToken(column)];
            Arrays.setAll(columns[column], index -> given[index % given.length]);
        }
        return new TokenIds(length, columns);
    }

    /** Scores the batch. */
    @Benchmark
    public List<ScoreMatrix> score() {
        return scorer.score(batch);
    }

    /** Releases the scorer. */
    @TearDown(Level.Trial)
    public void close() {
        scorer.close();
    }
}
