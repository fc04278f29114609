package dev.glosstream.ingest;

import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.apache.avro.Schema;

/** Values of any Avro schema in single-object encoding, with the schemas at hand. Any thread may share one. */
public final class AvroSource implements SourceDecoder {
    private final Map<Long, Schema> schemaByFingerprint;
    private final AvroReader reader;

    /**
     * Creates a decoder.
     *
     * @param schemas every schema that values are written with, older and newer versions alike
     * @param reader finds the fields of an event
     */
    public AvroSource(List<Schema> schemas, AvroReader reader) {
        this.schemaByFingerprint = SingleObject.byFingerprint(schemas);
        this.reader = reader;
    }

    @Override
    public Outcome<SourceEvent> decode(InputRecord record) {
        byte[] value = Objects.requireNonNullElse(record.value(), new byte[0]);
        OptionalLong fingerprint = SingleObject.fingerprint(value);
        if (fingerprint.isEmpty()) {
            return Outcome.rejected(
                    RejectionReason.NOT_AVRO, "value: expected " + SingleObject.WORDS + ", got other bytes");
        }
        Schema writer = schemaByFingerprint.get(fingerprint.getAsLong());
        return writer == null
                ? Outcome.rejected(
                        RejectionReason.WRONG_SCHEMA,
                        "value: expected one of the source's schemas, got one of fingerprint "
                                + SingleObject.hex(fingerprint.getAsLong()))
                : reader.read(record, writer, SingleObject.HEADER_BYTES);
    }
}
