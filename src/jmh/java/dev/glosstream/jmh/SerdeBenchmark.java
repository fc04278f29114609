package dev.glosstream.jmh;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.emit.OutputRecords;
import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.ingest.TextEventSource;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.EventFields;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.LabelledText;
import dev.glosstream.sequence.Labels;
import dev.glosstream.window.PendingRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** From bytes to records and back, per event. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@State(Scope.Thread)
public class SerdeBenchmark {
    private static final String TOPIC = "enriched-events";

    private final TextEventSource source = new TextEventSource();
    private final PendingRecords pending = new PendingRecords();
    private final SingleObjectEncoder encoder = new SingleObjectEncoder();
    private final List<InputRecord> inputs = new ArrayList<>();
    private final List<byte[]> stored = new ArrayList<>();
    private final List<LabelledText> labelled = new ArrayList<>();
    private OutputRecords records = new OutputRecords(List.of());

    /** Makes the events, and labels with two entities each. */
    @Setup(Level.Trial)
    public void make(MixedTexts mixed) throws IOException {
        records = new OutputRecords(mixed.bundles);
        for (int index = 0; index < mixed.texts.size(); index++) {
            String text = mixed.texts.get(index);
            TextEvent event = TextEvent.newBuilder()
                    .setId(Integer.toString(index))
                    .setText(text)
                    .setAttributes(Map.of())
                    .build();
            byte[] value = TextEvent.getEncoder().encode(event).array();
            InputRecord.Source place = new InputRecord.Source("text-events", 0, index, index);
            InputRecord input = new InputRecord(new byte[] {(byte) index}, value, List.of(), place);
            inputs.add(input);
            stored.add(pending.encode(input));
            int end = text.length();
            List<Entity> entities = List.of(new Entity("PER", 0, 1, 0.9), new Entity("LOC", end - 1, end, 0.8));
            int tokens = mixed.prepared.get(index).text().tokens().size();
            Labels labels = new Labels(Optional.empty(), Optional.of(entities), tokens, false);
            labelled.add(new LabelledText(new EventText("", text, false), labels));
        }
    }

    /** Reads and checks a {@code TextEvent}. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public void decodeTextEvent(Blackhole sink) {
        inputs.forEach(input -> sink.consume(source.decode(input)));
    }

    /** Makes and writes an {@code EnrichedEvent}. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public void encodeEnrichedEvent(Blackhole sink) {
        labelled.forEach(text -> {
            EventFields fields =
                    new EventFields("e", List.of(text.text()), false, Optional.empty(), Optional.empty(), Map.of());
            sink.consume(encoder.encode(TOPIC, records.enrichedEvent(fields, List.of(text), 0)));
        });
    }

    /** Writes what the window store keeps. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public void encodePendingRecord(Blackhole sink) {
        inputs.forEach(input -> sink.consume(pending.encode(input)));
    }

    /** Reads it. */
    @Benchmark
    @OperationsPerInvocation(MixedTexts.COUNT)
    public void decodePendingRecord(Blackhole sink) {
        stored.forEach(bytes -> sink.consume(pending.decode(bytes)));
    }
}
