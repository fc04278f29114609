package dev.glosstream.topology;

import dev.glosstream.config.BatchingSettings;
import dev.glosstream.observe.Observers;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.observe.RecordTracing;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.window.Answered;
import dev.glosstream.window.DurableWindow;
import dev.glosstream.window.KafkaRecords;
import dev.glosstream.window.WindowStores;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Labels records together in a {@link DurableWindow}, and forwards the results to the sinks. */
final class EnrichProcessor implements Processor<byte[], WaitingRecord, byte[], byte[]> {
    /** The stores of the window. */
    static final WindowStores STORES = new WindowStores("window-store", "commit-signal");

    private final Blueprint blueprint;
    private @Nullable DurableWindow<WaitingRecord> window;

    /**
     * What a processor is made of, once per {@link #init}: a task that was closed may be initialised again, on another
     * thread.
     *
     * @param batching when a window closes
     * @param preparer makes the stages before the window, for restored records
     * @param labeller makes the stages after it; closed with the processor
     * @param results makes the output records
     * @param observers who watches
     */
    record Blueprint(
            BatchingSettings batching,
            Supplier<RecordPreparer> preparer,
            Supplier<TextLabeller> labeller,
            Supplier<Results> results,
            Observers observers) {}

    EnrichProcessor(Blueprint blueprint) {
        this.blueprint = blueprint;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        close();
        Results results = blueprint.results().get();
        DurableWindow<WaitingRecord> opened = new DurableWindow<>(
                context,
                STORES,
                blueprint.batching(),
                blueprint,
                blueprint.labeller(),
                answered -> emit(context, results, answered));
        window = opened;
        opened.restore(blueprint.preparer().get()::prepare);
    }

    @Override
    public void process(Record<byte[], WaitingRecord> record) {
        if (window == null) {
            throw new IllegalStateException("enrich: expected init before process");
        }
        WaitingRecord waiting = record.value();
        if (waiting.prepared() instanceof Outcome.Rejected<PreparedEvent>) {
            window.passedBy(waiting.input().source());
        } else {
            window.add(waiting, waiting.input());
        }
    }

    private void emit(ProcessorContext<byte[], byte[]> context, Results results, Answered<WaitingRecord> answered) {
        InputRecord input = answered.entry().input();
        long nowMs = answered.answeredMs();
        Outcome<LabelledEvent> labelled = answered.entry()
                .prepared()
                .then(prepared ->
                        EventTexts.label(input, prepared, answered.labels().iterator()));
        Outcome<Map<String, Record<byte[], byte[]>>> bySink = labelled.then(event -> results.of(event, nowMs));
        Optional<Rejection> refusal = bySink.fold(written -> Optional.empty(), Optional::of);
        RecordTracing.Times times = new RecordTracing.Times(answered.arrivedMs(), nowMs);
        List<InputHeader> trace = blueprint.observers().tracing().continued(input, times, refusal);
        bySink.fold(written -> written, rejection -> results.of(input, rejection, nowMs))
                .forEach((child, record) -> context.forward(KafkaRecords.withHeaders(record, trace), child));
        blueprint.observers().listener().waited(Math.max(0, answered.closedMs() - answered.arrivedMs()));
        tell(bySink.then(written -> labelled), nowMs - input.source().timestampMs());
    }

    private void tell(Outcome<LabelledEvent> labelled, long latencyMs) {
        PipelineListener listener = blueprint.observers().listener();
        if (labelled instanceof Outcome.Accepted<LabelledEvent> accepted) {
            accepted.value().texts().forEach(text -> listener.textLabelled(text.labels()));
            listener.labelled(latencyMs);
        } else if (labelled instanceof Outcome.Rejected<LabelledEvent> rejected) {
            listener.refused(rejected.rejection().reason(), latencyMs);
        }
    }

    @Override
    public void close() {
        if (window != null) {
            window.close();
            window = null;
        }
    }
}
