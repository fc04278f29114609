package dev.glosstream.topology;

import dev.glosstream.observe.Observers;
import dev.glosstream.observe.RecordTracing;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.window.DurableWindow;
import dev.glosstream.window.KafkaRecords;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Decodes, checks and tokenizes; forwards what can be labelled to the window, and the rest to the dead letters at once. The
 * window hears of these too, or it would wait for them.
 *
 * <p>Forwards {@link WaitingRecord} to {@value EnrichmentTopology#ENRICH} and bytes to {@value
 * EnrichmentTopology#DEAD_LETTERS}. Bad data never throws.
 */
final class IngestProcessor extends ContextualProcessor<byte[], byte[], byte[], Object> {
    /** Many dead letters share a commit, because each costs every broker that holds an output partition. */
    private static final Duration BETWEEN_COMMITS = Duration.ofMillis(100);

    private final RecordPreparer preparer;
    private final DeadLetters deadLetters;
    private final Observers observers;
    private boolean isUncommitted;

    IngestProcessor(RecordPreparer preparer, DeadLetters deadLetters, Observers observers) {
        this.preparer = preparer;
        this.deadLetters = deadLetters;
        this.observers = observers;
    }

    @Override
    public void init(ProcessorContext<byte[], Object> context) {
        super.init(context);
        if (Boolean.TRUE.equals(context.appConfigs().get(DurableWindow.COMMITS_AFTER_LABELS))) {
            context.schedule(BETWEEN_COMMITS, PunctuationType.WALL_CLOCK_TIME, nowMs -> commitLetters());
        }
    }

    private void commitLetters() {
        if (isUncommitted) {
            isUncommitted = false;
            context().commit();
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        observers.listener().received();
        InputRecord input = KafkaRecords.input(context(), record);
        WaitingRecord waiting = preparer.prepare(input);
        long nowMs = context().currentSystemTimeMs();
        if (waiting.prepared() instanceof Outcome.Rejected<PreparedEvent> rejected) {
            refuse(input, rejected.rejection(), nowMs);
        }
        // The changelog of the window gets this timestamp too.
        long timestampMs = KafkaRecords.timestampMs(record.timestamp(), nowMs);
        context().forward(record.withValue(waiting).withTimestamp(timestampMs), EnrichmentTopology.ENRICH);
    }

    private void refuse(InputRecord input, Rejection rejection, long nowMs) {
        RecordTracing.Times times = new RecordTracing.Times(nowMs, nowMs);
        List<InputHeader> trace = observers.tracing().continued(input, times, Optional.of(rejection));
        Record<byte[], byte[]> letter = deadLetters.letter(input, rejection, nowMs);
        context().forward(KafkaRecords.withHeaders(letter, trace), EnrichmentTopology.DEAD_LETTERS);
        isUncommitted = true;
        observers.listener().refused(rejection.reason(), nowMs - input.source().timestampMs());
    }
}
