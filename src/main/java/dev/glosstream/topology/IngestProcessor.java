package dev.glosstream.topology;

import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.window.KafkaRecords;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Decodes, checks and tokenizes; forwards what can be labelled to the window, and the rest to the dead letters at once.
 *
 * <p>Forwards {@link WaitingRecord} to {@value EnrichmentTopology#ENRICH} and bytes to {@value
 * EnrichmentTopology#DEAD_LETTERS}. Bad data never throws.
 */
final class IngestProcessor extends ContextualProcessor<byte[], byte[], byte[], Object> {
    private final RecordPreparer preparer;
    private final DeadLetters deadLetters;

    IngestProcessor(RecordPreparer preparer, DeadLetters deadLetters) {
        this.preparer = preparer;
        this.deadLetters = deadLetters;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        InputRecord input = KafkaRecords.input(context(), record);
        WaitingRecord waiting = preparer.prepare(input);
        long nowMs = context().currentSystemTimeMs();
        if (waiting.prepared() instanceof Outcome.Rejected<PreparedEvent> rejected) {
            context().forward(deadLetters.letter(input, rejected.rejection(), nowMs), EnrichmentTopology.DEAD_LETTERS);
        } else {
            // The changelog of the window gets this timestamp too.
            long timestampMs = KafkaRecords.timestampMs(record.timestamp(), nowMs);
            context().forward(record.withValue(waiting).withTimestamp(timestampMs), EnrichmentTopology.ENRICH);
        }
    }
}
