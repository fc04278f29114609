package dev.glosstream.enricher;

import dev.glosstream.emit.OutputRecords;
import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.topology.DeadLetters;
import dev.glosstream.topology.RecordSizes;
import dev.glosstream.window.KafkaRecords;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The step that makes dead letters of rejected values and drops the others.
 *
 * <p>A dead letter holds its record, and its headers twice: in its value and as its own. So it can be larger than the record,
 * and a producer that refuses it would stop the application at the same record again and again. It leaves with as much as
 * {@code producer.max.request.size} lets through: everything; or the headers in its value alone; or the place and the reason
 * alone, as does a record that was refused for its size. The key stays in any case.
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
        private long mostBytes;

        DeadLetterProcessor(RecordSerdes<K, V> serdes) {
            this.serdes = serdes;
        }

        @Override
        public void init(FixedKeyProcessorContext<K, byte[]> context) {
            super.init(context);
            mostBytes = ApplicationCheck.requestBytes(context.appConfigs());
        }

        @Override
        public void process(FixedKeyRecord<K, Enriched<V>> record) {
            record.value().rejection().ifPresent(rejection -> forward(record, rejection));
        }

        private void forward(FixedKeyRecord<K, Enriched<V>> record, Rejection rejection) {
            InputRecord input = original(record);
            byte[] letter = letter(input, rejection);
            Headers headers = DeadLetters.addReason(KafkaRecords.copy(record.headers()), rejection);
            if (rejection.reason() == RejectionReason.RECORD_TOO_LARGE || !fits(input, letter, headers)) {
                headers = DeadLetters.addReason(new RecordHeaders(), rejection);
            }
            if (!fits(input, letter, headers)) {
                letter = letter(new InputRecord(null, null, List.of(), input.source()), withoutBytes(rejection));
            }
            context().forward(record.withValue(letter).withHeaders(headers));
        }

        private byte[] letter(InputRecord input, Rejection rejection) {
            return encoder.encode(
                    "", OutputRecords.deadLetter(input, rejection, context().currentSystemTimeMs()));
        }

        private boolean fits(InputRecord input, byte[] letter, Headers headers) {
            return RecordSizes.sizeBytes(new Record<>(input.key(), letter, 0, headers)) <= mostBytes;
        }

        private Rejection withoutBytes(Rejection rejection) {
            return new Rejection(
                    rejection.reason(),
                    rejection.detail()
                            + "; key, value and headers are left out: with them the dead letter would take more"
                            + " than " + mostBytes + " bytes (producer.max.request.size)");
        }

        /** The record in the bytes that it had on its own topic, as far as the serdes write what they read. */
        private InputRecord original(FixedKeyRecord<K, Enriched<V>> record) {
            InputRecord.Source source = record.value().source();
            Headers theirs = KafkaRecords.copy(record.headers()).remove(DeadLetters.REASON_HEADER);
            Record<K, V> plain = new Record<>(record.key(), record.value().value(), record.timestamp(), theirs);
            return serdes.codec(context()).encode(source.topic(), plain, source);
        }
    }
}
