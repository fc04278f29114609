package dev.glosstream.jmh;

import dev.glosstream.batch.BatchPlanner;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
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
import org.openjdk.jmh.infra.Blackhole;

/** From token ids to the arrays that a model is given, in the batches that a planner makes; per text. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Thread)
public class PaddingBenchmark {
    private List<List<TokenIds>> batches = List.of();

    /** Plans the batches. */
    @Setup(Level.Trial)
    public void plan(MixedTexts mixed) {
        List<Integer> lengths =
                mixed.prepared.stream().map(PreparedText::sequenceLength).toList();
        batches = new ArrayList<>();
        for (List<Integer> rows : new BatchPlanner(BatchingSettings.DEFAULT.tokenBudget()).plan(lengths)) {
            batches.add(rows.stream()
                    .map(row -> mixed.prepared.get(row).ids().get(Task.ENTITIES))
                    .toList());
        }
    }

    /** Pads the rows and makes every array. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public void pad(Blackhole sink) {
        for (List<TokenIds> rows : batches) {
            PaddedBatch batch = new PaddedBatch(rows);
            for (int column = 0; column < batch.columnCount(); column++) {
                sink.consume(batch.ids(column));
            }
            sink.consume(batch.lengths());
            sink.consume(batch.attentionMask());
            sink.consume(batch.reversal());
        }
    }
}
