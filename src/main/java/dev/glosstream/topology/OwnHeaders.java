package dev.glosstream.topology;

import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Task;
import dev.glosstream.window.KafkaRecords;
import org.apache.kafka.common.header.Headers;

/**
 * The headers that Glosstream writes, on records that come in: another pipeline wrote them, or somebody sent a dead letter
 * again, and what they say is not true of what goes out.
 */
final class OwnHeaders {
    private OwnHeaders() {}

    /** Returns a fresh copy of the headers of a record, without reason and models. */
    static Headers without(InputRecord input) {
        Headers headers = KafkaRecords.headers(input);
        for (Task task : Task.values()) {
            ModelHeaders.remove(headers, task);
        }
        return headers.remove(DeadLetters.REASON_HEADER);
    }
}
