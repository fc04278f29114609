package dev.glosstream.ingest;

import dev.glosstream.registry.ConfluentFrame;
import dev.glosstream.registry.SchemaRegistry;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * Values in the wire format of schema registries: a zero byte, the schema's id, an Avro body. A registry that cannot be asked
 * is an exception and no answer. One thread at a time.
 */
public final class ConfluentSource implements SourceDecoder {
    private final SchemaRegistry registry;
    private final BodyReader reader;

    /** Creates a decoder. */
    public ConfluentSource(SchemaRegistry registry, BodyReader reader) {
        this.registry = registry;
        this.reader = reader;
    }

    @Override
    public Outcome<SourceEvent> decode(InputRecord record) {
        return writer(record).then(writer -> reader.read(record, writer, ConfluentFrame.BYTES));
    }

    /**
     * Returns how the value of a record is written, without reading it; refused unless its body is exactly one record,
     * because whatever is appended to more or less would be read as something else.
     */
    public Outcome<Original> original(InputRecord record) {
        return writer(record).then(writer -> AvroReader.original(record, writer, ConfluentFrame.BYTES));
    }

    private Outcome<Schema> writer(InputRecord record) {
        return ConfluentFrame.id(Objects.requireNonNullElse(record.value(), new byte[0]))
                .then(registry::schema);
    }
}
