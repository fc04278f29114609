package dev.glosstream.topology;

import dev.glosstream.emit.OutputEncoder;
import dev.glosstream.emit.OutputRecords;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.window.KafkaRecords;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;

/** Makes the records of the dead-letter topic. One thread at a time. */
public final class DeadLetters {
    /** Header with the reason code, so that dead letters can be told apart without decoding them. */
    public static final String REASON_HEADER = "glosstream.reason";

    private final OutputEncoder encoder;
    private final String topic;

    DeadLetters(OutputEncoder encoder, String topic) {
        this.encoder = encoder;
        this.topic = topic;
    }

    /**
     * Returns the dead letter of a record, with its key, headers and timestamp; without key and input headers if it was
     * refused for its size, because they may be what is too large.
     *
     * @param nowMs wall-clock time
     */
    Record<byte[], byte[]> letter(InputRecord input, Rejection rejection, long nowMs) {
        boolean withBytes = rejection.reason() != RejectionReason.RECORD_TOO_LARGE;
        Headers headers = withBytes ? OwnHeaders.without(input) : new RecordHeaders();
        addReason(headers, rejection);
        byte[] value = encoder.encode(topic, OutputRecords.deadLetter(input, rejection, nowMs));
        return new Record<>(
                withBytes ? input.key() : null,
                value,
                KafkaRecords.timestampMs(input.source().timestampMs(), nowMs),
                headers);
    }

    /** Adds the header with the reason, in place of any of the same name. */
    public static Headers addReason(Headers headers, Rejection rejection) {
        return headers.remove(REASON_HEADER)
                .add(REASON_HEADER, rejection.reason().code().getBytes(StandardCharsets.UTF_8));
    }
}
