package dev.glosstream.enricher;

import dev.glosstream.emit.OutputRecords;
import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.topology.DeadLetters;
import dev.glosstream.window.KafkaRecords;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The step that makes dead letters of rejected values and drops the others. A record that was refused for its size leaves
 * without its headers, because they may be what is too large.
 *
 * @param <K> key
 * @param <V> the original value
 */
public final class DeadLetterSupplier<K, V> implements FixedKeyProcessorSupplier<K, Enriched<V>, byte[]> {
    private final RecordSerdes<K, V> serdes;

    /** Creates the step; users call {@code Glosstream.deadLetters}. */
    public DeadLetterSupplier(RecordSerdes<K, V> serdes) {
        this.serdes = serdes;
    }

    @Override
    public FixedKeyProcessor<K, Enriched<V>, byte[]> get() {
        return new DeadLetterProcessor<>(serdes);
    }

    private static final class DeadLetterProcessor<K, V> extends ContextualFixedKeyProcessor<K, Enriched<V>, byte[]> {
        private final RecordSerdes<K, V> serdes;
        private final SingleObjectEncoder encoder = new SingleObjectEncoder();

        DeadLetterProcessor(RecordSerdes<K, V> serdes) {
            this.serdes = serdes;
        }

        @Override
        public void process(FixedKeyRecord<K, Enriched<V>> record) {
            record.value().rejection().ifPresent(rejection -> forward(record, rejection));
        }

        private void forward(FixedKeyRecord<K, Enriched<V>> record, Rejection rejection) {
            FixedKeyProcessorContext<K, byte[]> context = context();
            InputRecord input = original(record);
            byte[] letter =
                    encoder.encode("", OutputRecords.deadLetter(input, rejection, context.currentSystemTimeMs()));
            boolean withHeaders = rejection.reason() != RejectionReason.RECORD_TOO_LARGE;
            Headers headers = withHeaders ? KafkaRecords.copy(record.headers()) : new RecordHeaders();
            context.forward(record.withValue(letter).withHeaders(DeadLetters.addReason(headers, rejection)));
        }

        /** The record in the bytes that it had on its own topic, as far as the serdes write what they read. */
        private InputRecord original(FixedKeyRecord<K, Enriched<V>> record) {
            InputRecord.Source source = record.value().source();
            Record<K, V> plain = new Record<>(
                    record.key(), record.value().value(), record.timestamp(), KafkaRecords.copy(record.headers()));
            return serdes.codec(context()).encode(source.topic(), plain, source);
        }
    }
}
