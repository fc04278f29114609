package dev.glosstream.topology;

import dev.glosstream.batch.Window;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.Guarantee;
import dev.glosstream.observe.Observers;
import dev.glosstream.observe.RecordTracing;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Keeps records in a window, labels them together when it closes, and forwards the results in arrival order.
 *
 * <p>A window closes when it is full (records, tokens, bytes) or when its oldest record has waited its time. Each record is
 * in the store from its arrival until its results are forwarded, so a crash or a {@link
 * dev.glosstream.pipeline.ModelFaultException} loses nothing: {@link #init} reads the store back, and treats what it finds
 * as overdue.
 */
final class EnrichProcessor implements Processor<byte[], WaitingRecord, byte[], byte[]> {
    /** Bounds the memory of a window of large records, whatever the other bounds are. */
    private static final long MOST_WAITING_BYTES = 32L << 20;

    private final Blueprint blueprint;
    private @Nullable Running running;

    /**
     * What a processor is made of, once per {@link #init}: a task that was closed may be initialised again, on another
     * thread.
     *
     * @param batching when a window closes
     * @param guarantee whether deletions and results share a transaction
     * @param preparer makes the stages before the window, for restored records
     * @param labeller makes the stages after it; closed with the processor
     * @param results makes the output records
     * @param observers who watches
     */
    record Blueprint(
            BatchingSettings batching,
            Guarantee guarantee,
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
        Running started = new Running(blueprint, context);
        running = started;
        started.restore(blueprint.preparer().get());
        // A quarter of the wait keeps the overrun of an unlucky record small.
        long intervalMs = Math.max(1, blueprint.batching().maxWait().toMillis() / 4);
        context.schedule(
                Duration.ofMillis(intervalMs), PunctuationType.WALL_CLOCK_TIME, now -> started.closeIfDue(now));
    }

    @Override
    public void process(Record<byte[], WaitingRecord> record) {
        if (running == null) {
            throw new IllegalStateException("enrich: expected init before process");
        }
        running.add(record.value());
    }

    @Override
    public void close() {
        if (running != null) {
            running.labeller.close();
            running = null;
        }
    }

    /** The processor between {@code init} and {@code close}. */
    private static final class Running {
        private final ProcessorContext<byte[], byte[]> context;
        private final BatchingSettings batching;
        private final TextLabeller labeller;
        private final Results results;
        private final Observers observers;
        private final WindowStore store;
        private final Window<Waiting> window;
        private long waitingBytes;

        /** A record in the window, its arrival number, and when it came. */
        private record Waiting(long sequence, WaitingRecord record, long arrivedMs) {}

        Running(Blueprint blueprint, ProcessorContext<byte[], byte[]> context) {
            this.context = context;
            this.batching = blueprint.batching();
            this.results = blueprint.results().get();
            this.observers = blueprint.observers();
            this.window = new Window<>(batching);
            boolean transactional = blueprint.guarantee() == Guarantee.EXACTLY_ONCE_V2;
            this.store = new WindowStore(context.getStateStore(WindowStore.NAME), transactional);
            if (!transactional) {
                CommitSignal signal = context.getStateStore(CommitSignal.NAME);
                signal.tell(store::onCommit);
            }
            this.labeller = blueprint.labeller().get();
        }

        void restore(RecordPreparer preparer) {
            long longAgoMs = context.currentSystemTimeMs() - batching.maxWait().toMillis();
            store.restore()
                    .forEach((sequence, input) -> enter(new Waiting(sequence, preparer.prepare(input), longAgoMs)));
        }

        void add(WaitingRecord record) {
            long nowMs = context.currentSystemTimeMs();
            store.deleteCommitted();
            enter(new Waiting(store.add(record.input()), record, nowMs));
            closeIfDue(nowMs);
        }

        private void enter(Waiting waiting) {
            window.add(waiting, waiting.record().sequenceLength(), waiting.arrivedMs());
            waitingBytes += waiting.record().input().sizeBytes();
        }

        void closeIfDue(long nowMs) {
            store.deleteCommitted();
            if (window.isFull() || window.isOverdue(nowMs) || waitingBytes >= MOST_WAITING_BYTES) {
                closeWindow(nowMs);
            }
        }

        private void closeWindow(long closedMs) {
            List<Waiting> closed = window.drain();
            observers.listener().windowClosed(closed.size());
            waitingBytes = 0;
            List<PreparedText> texts = closed.stream()
                    .map(waiting -> waiting.record().prepared())
                    .flatMap(prepared ->
                            prepared.fold(Optional::of, rejection -> Optional.<PreparedEvent>empty()).stream())
                    .map(PreparedEvent::text)
                    .toList();
            Iterator<Outcome<Labels>> labels = labeller.label(texts).iterator();
            long nowMs = context.currentSystemTimeMs();
            for (Waiting waiting : closed) {
                observers.listener().waited(Math.max(0, closedMs - waiting.arrivedMs()));
                emit(waiting, labels, nowMs);
                store.remove(waiting.sequence());
            }
        }

        private void emit(Waiting waiting, Iterator<Outcome<Labels>> labels, long nowMs) {
            InputRecord input = waiting.record().input();
            Outcome<LabelledEvent> labelled = waiting.record().prepared().then(prepared -> labels.next()
                    .then(answer -> Outcome.accepted(new LabelledEvent(input, prepared.event(), answer))));
            Optional<Rejection> refusal = labelled.fold(event -> Optional.empty(), Optional::of);
            List<InputHeader> trace =
                    observers.tracing().continued(input, new RecordTracing.Times(waiting.arrivedMs(), nowMs), refusal);
            labelled.fold(event -> results.of(event, nowMs), rejection -> results.of(input, rejection, nowMs))
                    .forEach((child, record) -> context.forward(KafkaRecords.withHeaders(record, trace), child));
            tell(labelled, nowMs - input.source().timestampMs());
        }

        private void tell(Outcome<LabelledEvent> labelled, long latencyMs) {
            if (labelled instanceof Outcome.Accepted<LabelledEvent> accepted) {
                observers.listener().labelled(accepted.value().labels(), latencyMs);
            } else if (labelled instanceof Outcome.Rejected<LabelledEvent> rejected) {
                observers.listener().refused(rejected.rejection().reason(), latencyMs);
            }
        }
    }
}
