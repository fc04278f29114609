package dev.glosstream.jmh;

import dev.glosstream.infer.EngineSettings;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.label.EntityDecoder;
import dev.glosstream.label.LinearChainCrf;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
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

/** From the emissions of the entities model to entities, with the learned transitions; per text. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Thread)
public class ViterbiBenchmark {
    private final List<ScoreMatrix> emissions = new ArrayList<>();
    private List<LinearChainCrf> crf = List.of();
    private List<EntityDecoder> decoder = List.of();

    /** Scores the texts, one by one. */
    @Setup(Level.Trial)
    public void score(MixedTexts mixed) {
        EngineSettings.forServing();
        ModelBundle bundle = mixed.bundles.get(1);
        crf = List.of(new LinearChainCrf(BioTagSet.of(bundle.manifest().labels()), bundle.transitions()));
        decoder = List.of(new EntityDecoder(crf.get(0)));
        try (SequenceScorer scorer = LoadedModel.load(bundle).newScorer()) {
            mixed.prepared.forEach(text -> emissions.addAll(
                    scorer.score(new PaddedBatch(List.of(text.ids().get(Task.ENTITIES))))));
        }
    }

    /** Finds the best path. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public void bestPath(Blackhole sink) {
        emissions.forEach(scores -> sink.consume(crf.get(0).bestPath(scores)));
    }

    /** Finds it, and makes entities of it. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public void decode(MixedTexts mixed, Blackhole sink) {
        for (int index = 0; index < emissions.size(); index++) {
            sink.consume(decoder.get(0).decode(mixed.prepared.get(index).text(), emissions.get(index)));
        }
    }
}
