package dev.glosstream.ingest;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.Schema;

/**
 * Text events in Avro single-object encoding.
 *
 * <p>Reads every version of the schema that {@link SchemaHistory} knows. One thread at a time.
 */
final class SingleObjectDecoder {
    private final Map<Long, Schema> writerByFingerprint;
    private final TextEventReader events = new TextEventReader();

    /**
     * An event and how it was written.
     *
     * @param event as the current version of its schema
     * @param writer the version that it was written with
     */
    record Written(TextEvent event, Schema writer) {}

    /** Creates a decoder of all known versions of {@link TextEvent}. */
    SingleObjectDecoder() {
        this(SchemaHistory.of("TextEvent"));
    }

    SingleObjectDecoder(List<Schema> versions) {
        this.writerByFingerprint = SingleObject.byFingerprint(versions);
    }

    /** Decodes the value of a record; whatever is wrong with the bytes is an answer. */
    Outcome<Written> decode(InputRecord record) {
        byte[] value = record.value();
        if (value == null) {
            return notAvro("a value, got none");
        }
        OptionalLong fingerprint = SingleObject.fingerprint(value);
        if (fingerprint.isEmpty()) {
            return notAvro(SingleObject.WORDS + ", got other bytes");
        }
        Schema writer = writerByFingerprint.get(fingerprint.getAsLong());
        if (writer == null) {
            return Outcome.rejected(
                    RejectionReason.WRONG_SCHEMA,
                    "value: expected a known version of TextEvent, got a schema of fingerprint "
                            + SingleObject.hex(fingerprint.getAsLong()));
        }
        return events.event(value, SingleObject.HEADER_BYTES, writer)
                .then(event -> Outcome.accepted(new Written(event, writer)));
    }

    private static Outcome<Written> notAvro(String expectedAndGot) {
        return Outcome.rejected(RejectionReason.NOT_AVRO, "value: expected " + expectedAndGot);
    }
}
