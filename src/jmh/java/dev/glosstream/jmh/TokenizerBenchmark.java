package dev.glosstream.jmh;

import dev.glosstream.tokenize.Tokenizer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** From text to token ids, per text. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Benchmark)
public class TokenizerBenchmark {
    private final Tokenizer tokenizer = new Tokenizer();

    /** Finds tokens with their offsets. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public void tokenize(MixedTexts mixed, Blackhole sink) {
        mixed.texts.forEach(text -> sink.consume(tokenizer.tokenize(text)));
    }

    /** Checks, tokenizes, and looks up what both bundles read. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public void prepare(MixedTexts mixed, Blackhole sink) {
        mixed.texts.forEach(text -> sink.consume(mixed.preparer.prepare(text)));
    }
}
