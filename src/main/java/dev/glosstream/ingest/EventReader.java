package dev.glosstream.ingest;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Input record → text event: size, presence, decoding. Whatever the bytes are, it answers. One thread at a time. */
public final class EventReader {
    private final LimitSettings limits;
    private final TextEventDecoder decoder;

    /** Creates a reader. */
    public EventReader(LimitSettings limits, TextEventDecoder decoder) {
        this.limits = limits;
        this.decoder = decoder;
    }

    /** Returns the event of a record, or why there is none. The text itself is not checked yet. */
    public Outcome<TextEvent> read(InputRecord record) {
        if (record.sizeBytes() > limits.maxRecordBytes()) {
            return Outcome.rejected(
                    RejectionReason.RECORD_TOO_LARGE,
                    "record: expected key, value and headers of at most " + limits.maxRecordBytes()
                            + " bytes (limits.maxRecordBytes), got " + record.sizeBytes());
        }
        if (record.value() == null) {
            return Outcome.rejected(RejectionReason.NULL_VALUE, "value: expected a text event, got null");
        }
        return decoder.decode(record).then(EventReader::complete);
    }

    /** Generated getters promise nothing: a decoder that fills records field by field may leave one empty. */
    private static Outcome<TextEvent> complete(TextEvent event) {
        if (isMissing(event.getId()) || isMissing(event.getText()) || isMissing(event.getAttributes())) {
            return Outcome.rejected(
                    RejectionReason.NOT_AVRO, "value: expected id, text and attributes, got null for one of them");
        }
        return Outcome.accepted(event);
    }

    private static boolean isMissing(@Nullable Object field) {
        return field == null;
    }
}
