package dev.glosstream.ingest;

import dev.glosstream.config.SourceFields;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
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
        Findings findings = mapping.newFindings();
        return walk(record, writer, bodyStart, mapping.tree(), findings).then(original -> mapping.read(findings, record)
                .then(fields -> Outcome.accepted(new SourceEvent(fields, original))));
    }

    /** Returns how a value is written, if its body is exactly one record of the schema. */
    static Outcome<Original> original(InputRecord record, Schema writer, int bodyStart) {
        return walk(record, writer, bodyStart, PathTree.of(List.of()), new Findings(List.of()));
    }

    private static Outcome<Original> walk(
            InputRecord record, Schema writer, int bodyStart, PathTree tree, Findings findings) {
        byte[] value = Objects.requireNonNullElse(record.value(), new byte[0]);
        try {
            AvroWalk.walk(value, bodyStart, writer, tree, findings);
            return Outcome.accepted(new Original.Avro(writer, bodyStart));
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
    }
}
