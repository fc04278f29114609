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
import org.apache.kafka.streams.processor.api.RecordMetadata;

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
        RecordMetadata metadata = context.recordMetadata()
                .orElseThrow(() -> new IllegalStateException("record: expected topic, partition and offset, got none"));
        List<InputHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new InputHeader(header.key(), header.value()));
        }
        return new InputRecord(
                record.key(),
                record.value(),
                headers,
                new InputRecord.Source(metadata.topic(), metadata.partition(), metadata.offset(), record.timestamp()));
    }

    /**
     * Returns the timestamp that a record goes on with: its own, unless that lies so far ahead of the clock that a broker
     * would refuse it for ever ({@code message.timestamp.after.max.ms}, an hour by default); then the clock's.
     */
    public static long timestampMs(long ownMs, long nowMs) {
        return ownMs - nowMs > MOST_AHEAD_MS ? nowMs : ownMs;
    }

    /** Returns a fresh copy of the headers of a record. */
    public static Headers headers(InputRecord input) {
        Headers headers = new RecordHeaders();
        input.headers().forEach(header -> headers.add(header.key(), header.value()));
        return headers;
    }
}
