package dev.glosstream.jmh;

import dev.glosstream.batch.BatchPlanner;
import dev.glosstream.batch.Window;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.pipeline.PreparedText;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A window of {@value MixedTexts#COUNT} texts, per text. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Thread)
public class WindowBenchmark {
    private final BatchPlanner planner = new BatchPlanner(BatchingSettings.DEFAULT.tokenBudget());
    private final Window<PreparedText> window = new Window<>(BatchingSettings.DEFAULT);
    private List<Integer> lengths = List.of();

    /** Measures the lengths. */
    @Setup(Level.Trial)
    public void measure(MixedTexts mixed) {
        lengths = mixed.prepared.stream().map(PreparedText::sequenceLength).toList();
    }

    /** Cuts the window into batches. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public List<List<Integer>> plan() {
        return planner.plan(lengths);
    }

    /** Fills the window and empties it. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public List<PreparedText> fillAndDrain(MixedTexts mixed) {
        for (int index = 0; index < lengths.size(); index++) {
            window.add(mixed.prepared.get(index), lengths.get(index), index);
        }
        return window.drain();
    }
}
