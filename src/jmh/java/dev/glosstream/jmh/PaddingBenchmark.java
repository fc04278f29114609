package dev.glosstream.jmh;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.glosstream.batch.BatchPlanner;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.infer.BatchArrays;
import dev.glosstream.infer.BatchBuffers;
import dev.glosstream.infer.EngineSettings;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** From token ids to the native arrays that a model is given, in the batches that a planner makes; per text. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Thread)
public class PaddingBenchmark {
    private final BatchBuffers buffers = new BatchBuffers();
    private final List<NDManager> managers = new ArrayList<>();
    private List<List<TokenIds>> batches = List.of();

    /** Plans the batches, and loads the engine. */
    @Setup(Level.Trial)
    public void plan(MixedTexts mixed) {
        EngineSettings.forServing();
        managers.add(Engine.getInstance().newBaseManager());
        List<Integer> lengths =
                mixed.prepared.stream().map(PreparedText::sequenceLength).toList();
        batches = new ArrayList<>();
        for (List<Integer> rows : new BatchPlanner(BatchingSettings.DEFAULT.tokenBudget()).plan(lengths)) {
            batches.add(rows.stream()
                    .map(row -> mixed.prepared.get(row).ids().get(Task.ENTITIES))
                    .toList());
        }
    }

    /** Pads the rows into memory that is used again, as serving does. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public void serve(Blackhole sink) {
        for (List<TokenIds> rows : batches) {
            try (NDManager scratch = managers.get(0).newSubManager()) {
                sink.consume(buffers.inputs(scratch, new PaddedBatch(rows)));
            }
        }
    }

    /** Pads the rows and makes every array anew, as training does. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public void train(Blackhole sink) {
        for (List<TokenIds> rows : batches) {
            try (NDManager scratch = managers.get(0).newSubManager()) {
                sink.consume(BatchArrays.of(scratch, new PaddedBatch(rows)));
            }
        }
    }

    /** Releases native memory. */
    @TearDown(Level.Trial)
    public void close() {
        managers.forEach(NDManager::close);
    }
}
