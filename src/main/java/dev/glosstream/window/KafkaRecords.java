package dev.glosstream.window;

import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;

/** Kafka's records ↔ the stages' values. */
public final class KafkaRecords {
    private static final long MOST_AHEAD_MS = Duration.ofMinutes(30).toMillis();

    private KafkaRecords() {}

    /**
     * Returns the record that a processor was just given.
     *
     * @throws IllegalStateException if the context knows no source record: outside {@code process()}
     */
    public static InputRecord input(ProcessingContext context, Record<byte[], byte[]> record) {
        if (context.recordMetadata().isEmpty()) {
            throw new IllegalStateException("record: expected topic, partition and offset, got none");
        }
        InputRecord.Source source = source(context, record.timestamp());
        return new InputRecord(record.key(), record.value(), headers(record.headers()), source);
    }

    /**
     * Returns where the record that is being processed came from; an empty topic, partition -1 and offset -1 if that is not
     * known, as of a record that a timer made.
     *
     * @param timestampMs of the record
     */
    public static InputRecord.Source source(ProcessingContext context, long timestampMs) {
        // Within a timer Kafka Streams knows of a record that came from nowhere.
        return context.recordMetadata()
                .filter(known -> known.topic() != null)
                .map(known -> new InputRecord.Source(known.topic(), known.partition(), known.offset(), timestampMs))
                .orElseGet(() -> new InputRecord.Source("", -1, -1, timestampMs));
    }

    /** Returns the stages' value of headers, in their order. */
    public static List<InputHeader> headers(Headers headers) {
        List<InputHeader> values = new ArrayList<>();
        for (Header header : headers) {
            values.add(new InputHeader(header.key(), header.value()));
        }
        return values;
    }

    /** Returns a copy of headers, so that adding to it is seen by nobody else. */
    public static Headers copy(Headers headers) {
        return new RecordHeaders(headers);
    }

    /**
     * Returns the timestamp that a record goes on with: its own, unless that lies so far ahead of the clock that a broker
     * would refuse it for ever ({@code message.timestamp.after.max.ms}, an hour by default); then the clock's.
     */
    public static long timestampMs(long ownMs, long nowMs) {
        return ownMs - nowMs > MOST_AHEAD_MS ? nowMs : ownMs;
    }

    /**
     * Puts headers into a record that is about to be written, in place of any of the same name, and returns the record.
     *
     * @param headers names differ; one without a value takes the header away
     */
    public static <V> Record<byte[], V> withHeaders(Record<byte[], V> record, List<InputHeader> headers) {
        for (InputHeader header : headers) {
            record.headers().remove(header.key());
            if (header.value() != null) {
                record.headers().add(header.key(), header.value());
            }
        }
        return record;
    }

    /** Returns a fresh copy of the headers of a record. */
    public static Headers headers(InputRecord input) {
        Headers headers = new RecordHeaders();
        input.headers().forEach(header -> headers.add(header.key(), header.value()));
        return headers;
    }
}
