package dev.glosstream.ingest;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.registry.ConfluentFrame;
import dev.glosstream.registry.SchemaRegistry;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * The wire format of Confluent's serializers: a zero byte, the schema's id, the body.
 *
 * <p>Reads every schema of the registry that Avro can resolve to {@link TextEvent}, older or newer. A registry that cannot
 * be asked is an exception and no answer. One thread at a time.
 */
public final class ConfluentDecoder implements TextEventDecoder {
    private final SchemaRegistry registry;
    private final Map<Schema, Outcome<StrictTextReader>> readerBySchema = new HashMap<>();
    private final TextEventBody body = new TextEventBody();

    /** Creates a decoder. */
    public ConfluentDecoder(SchemaRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Outcome<TextEvent> decode(InputRecord record) {
        byte[] value = record.value();
        if (value == null) {
            return TextEventBody.notAvro("a value, got none");
        }
        return ConfluentFrame.id(value)
                .then(registry::schema)
                .then(writer -> readerBySchema.computeIfAbsent(writer, ConfluentDecoder::reader))
                .then(reader -> body.decode(value, ConfluentFrame.BYTES, reader));
    }

    /**
     * Returns the event of a record that was decoded by another, whatever version of the schema it has.
     *
     * @param record a record of any Avro schema
     */
    public Outcome<TextEvent> decode(IndexedRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<IndexedRecord>(record.getSchema()).write(record, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            return TextEventBody.notAvro("a record of its own schema from the deserializer, got "
                    + e.getClass().getSimpleName());
        }
        return readerBySchema
                .computeIfAbsent(record.getSchema(), ConfluentDecoder::reader)
                .then(reader -> body.decode(bytes.toByteArray(), 0, reader));
    }

    private static Outcome<StrictTextReader> reader(Schema writer) {
        SchemaCompatibilityType compatible = SchemaCompatibility.checkReaderWriterCompatibility(
                        TextEvent.getClassSchema(), writer)
                .getType();
        if (compatible != SchemaCompatibilityType.COMPATIBLE) {
            return Outcome.rejected(
                    RejectionReason.WRONG_SCHEMA,
                    "value: expected a schema that can be read as TextEvent, got " + writer.getFullName());
        }
        return Outcome.accepted(new StrictTextReader(writer));
    }
}
