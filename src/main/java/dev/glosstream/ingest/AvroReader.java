package dev.glosstream.ingest;

import dev.glosstream.config.SourceFields;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * Reads events from Avro bodies of any schema, whatever the framing around them is. Any thread may share one.
 */
public final class AvroReader implements BodyReader {
    private final FieldMapping mapping;

    /**
     * Creates a reader.
     *
     * @param fields where the fields of an event stand
     */
    public AvroReader(SourceFields fields) {
        this.mapping = new FieldMapping(fields, "");
    }

    @Override
    public Outcome<SourceEvent> read(InputRecord record, Schema writer, int bodyStart) {
        byte[] value = Objects.requireNonNullElse(record.value(), new byte[0]);
        Findings findings = mapping.newFindings();
        try {
            AvroWalk.walk(value, bodyStart, writer, mapping.tree(), findings);
        } catch (CharacterCodingException e) {
            return Outcome.rejected(
                    RejectionReason.MALFORMED_TEXT,
                    "value: expected the texts that paths lead to in UTF-8, got other bytes in one of them");
        } catch (IOException e) {
            return Outcome.rejected(
                    RejectionReason.NOT_AVRO,
                    "value: expected the body of a record of schema '" + writer.getFullName()
                            + "', got bytes that do not decode (" + e.getMessage() + ")");
        }
        return mapping.read(findings, record)
                .then(fields -> Outcome.accepted(new SourceEvent(fields, new Original.Avro(writer, bodyStart))));
    }
}
