package dev.glosstream.ingest;

import dev.glosstream.config.LimitSettings;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;

/** Input record → event: size, presence, decoding. Whatever the bytes are, it answers. One thread at a time. */
public final class EventReader {
    private final LimitSettings limits;
    private final SourceDecoder decoder;

    /** Creates a reader. */
    public EventReader(LimitSettings limits, SourceDecoder decoder) {
        this.limits = limits;
        this.decoder = decoder;
    }

    /**
     * Returns the event of a record, or why there is none. The texts themselves are not checked yet. A record with a key and
     * no value is a {@link SourceEvent#tombstone()}.
     */
    public Outcome<SourceEvent> read(InputRecord record) {
        if (record.sizeBytes() > limits.maxRecordBytes()) {
            return Outcome.rejected(
                    RejectionReason.RECORD_TOO_LARGE,
                    "record: expected key, value and headers of at most " + limits.maxRecordBytes()
                            + " bytes (limits.maxRecordBytes), got " + record.sizeBytes());
        }
        if (record.value() == null) {
            return record.key() == null
                    ? Outcome.rejected(
                            RejectionReason.NULL_VALUE, "value: expected one, or a key to delete, got neither")
                    : Outcome.accepted(SourceEvent.tombstone());
        }
        return decoder.decode(record);
    }
}
