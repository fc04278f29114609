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
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The step that makes dead letters of rejected values and drops the others.
 *
 * <p>A dead letter holds its record, and its key and headers twice: in its value and as its own. So it can be larger than the
 * record, and a producer that refuses it would stop the application at the same record again and again. It leaves with as
 * much as {@code producer.max.request.size}, and {@link #atMost} if it is given, let through: everything; or the headers in
 * its value alone; or the place and the reason alone, as does a record that was refused for its size; or these without the
 * key. Where something is missing of a record that was not refused for its size, and where the key is, the detail says so.
 *
 * @param <K> key
 * @param <V> the original value
 */
public final class DeadLetterSupplier<K, V> implements ProcessorSupplier<K, Enriched<V>, @Nullable K, byte[]> {
    /** Holds every place and reason. */
    private static final int LEAST_BYTES = 4096;
    /** What is kept of a detail where room is short, in UTF-16 units. */
    private static final int SHORT_DETAIL = 1000;

    private final RecordSerdes<K, V> serdes;
    private final int mostBytes;

    /** Creates the step; users call {@code Glosstream.deadLetters}. */
    public DeadLetterSupplier(RecordSerdes<K, V> serdes) {
        this(serdes, Integer.MAX_VALUE);
    }

    private DeadLetterSupplier(RecordSerdes<K, V> serdes, int mostBytes) {
        this.serdes = serdes;
        this.mostBytes = mostBytes;
    }

    /**
     * Returns this step with dead letters of at most so many bytes, for a topic that takes less than the producers send.
     *
     * @param bytes {@code max.message.bytes} of the topic, at least {@value #LEAST_BYTES}
     */
    public DeadLetterSupplier<K, V> atMost(int bytes) {
        if (bytes < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "dead letters: expected at least " + LEAST_BYTES + " bytes for each, got " + bytes);
        }
        return new DeadLetterSupplier<>(serdes, bytes);
    }

    @Override
    public Processor<K, Enriched<V>, @Nullable K, byte[]> get() {
        return new DeadLetterProcessor<>(serdes, mostBytes);
    }

    private static final class DeadLetterProcessor<K, V>
            extends ContextualProcessor<K, Enriched<V>, @Nullable K, byte[]> {
        private final RecordSerdes<K, V> serdes;
        private final SingleObjectEncoder encoder = new SingleObjectEncoder();
        private long mostBytes;

        DeadLetterProcessor(RecordSerdes<K, V> serdes, int mostBytes) {
            this.serdes = serdes;
            this.mostBytes = mostBytes;
        }

        @Override
        public void init(ProcessorContext<@Nullable K, byte[]> context) {
            super.init(context);
            mostBytes = Math.min(mostBytes, ApplicationCheck.requestBytes(context.appConfigs()));
        }

        @Override
        public void process(Record<K, Enriched<V>> record) {
            record.value().rejection().ifPresent(rejection -> forward(record, rejection));
        }

        private void forward(Record<K, Enriched<V>> record, Rejection rejection) {
            InputRecord input = original(record);
            byte[] letter = letter(input, rejection);
            Headers headers = DeadLetters.addReason(KafkaRecords.copy(record.headers()), rejection);
            if (rejection.reason() == RejectionReason.RECORD_TOO_LARGE || !fits(input.key(), letter, headers)) {
                headers = DeadLetters.addReason(new RecordHeaders(), rejection);
            }
            if (!fits(input.key(), letter, headers)) {
                letter = place(input, rejection, "key, value and headers are left out");
            }
            Record<@Nullable K, byte[]> dead = new Record<>(record.key(), letter, record.timestamp(), headers);
            if (!fits(input.key(), letter, headers)) {
                dead = dead.<@Nullable K>withKey(null)
                        .withValue(place(input, rejection, "key, value and headers are left out, and its own key too"));
            }
            context().forward(dead);
        }

        private byte[] letter(InputRecord input, Rejection rejection) {
            return encoder.encode(
                    "", OutputRecords.deadLetter(input, rejection, context().currentSystemTimeMs()));
        }

        private boolean fits(byte @Nullable [] key, byte[] letter, Headers headers) {
            return RecordSizes.sizeBytes(new Record<>(key, letter, 0, headers)) <= mostBytes;
        }

        /** Where the record stands, why it was refused, and why nothing more is said. */
        private byte[] place(InputRecord input, Rejection rejection, String leftOut) {
            String reason = rejection.detail();
            String detail = reason.substring(0, Math.min(SHORT_DETAIL, reason.length())) + "; " + leftOut
                    + ": with them the dead letter would take more than " + mostBytes
                    + " bytes (producer.max.request.size)";
            return letter(
                    new InputRecord(null, null, List.of(), input.source()), new Rejection(rejection.reason(), detail));
        }

        /** The record in the bytes that it had on its own topic, as far as the serdes write what they read. */
        private InputRecord original(Record<K, Enriched<V>> record) {
            InputRecord.Source source = record.value().source();
            Headers theirs = KafkaRecords.copy(record.headers()).remove(DeadLetters.REASON_HEADER);
            Record<K, V> plain = new Record<>(record.key(), record.value().value(), record.timestamp(), theirs);
            return serdes.codec(context()).encode(source.topic(), plain, source);
        }
    }
}
