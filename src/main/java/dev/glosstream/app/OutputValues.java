package dev.glosstream.app;

import dev.glosstream.ingest.GeneratedDecoder;
import dev.glosstream.ingest.GeneratedRecords;
import dev.glosstream.registry.ConfluentFrame;
import dev.glosstream.registry.SchemaRegistry;
import dev.glosstream.sequence.Outcome;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Bytes of output topics → generated records: single-object encoding, or a registry's format if there is one. Any thread. */
final class OutputValues {
    /** Without a registry. */
    static final OutputValues SINGLE_OBJECT = new OutputValues(Optional.empty());

    private final Optional<SchemaRegistry> registry;
    private final Map<Class<? extends SpecificRecord>, GeneratedDecoder<?>> plain = new ConcurrentHashMap<>();

    /**
     * Creates a reader of values.
     *
     * @param registry has the schemas, if there is one
     */
    OutputValues(Optional<SchemaRegistry> registry) {
        this.registry = registry;
    }

    /**
     * Returns the record of a value.
     *
     * @throws IOException if it holds something else
     */
    <T extends SpecificRecord> T decode(Class<T> type, byte[] value) throws IOException {
        return registry.isPresent() && ConfluentFrame.id(value) instanceof Outcome.Accepted<Integer> id
                ? decode(type, value, registry.get().schema(id.value()))
                : type.cast(plain.computeIfAbsent(type, OutputValues::decoder).decode(value));
    }

    private static GeneratedDecoder<?> decoder(Class<? extends SpecificRecord> type) {
        return GeneratedRecords.decoder(type);
    }

    private static <T extends SpecificRecord> T decode(Class<T> type, byte[] value, Outcome<Schema> writer)
            throws IOException {
        if (writer instanceof Outcome.Accepted<Schema> known) {
            SpecificData model = new GeneratedRecords();
            SpecificDatumReader<T> reader = new SpecificDatumReader<>(known.value(), model.getSchema(type), model);
            int length = value.length - ConfluentFrame.BYTES;
            return type.cast(
                    reader.read(null, DecoderFactory.get().binaryDecoder(value, ConfluentFrame.BYTES, length, null)));
        }
        throw new IOException(((Outcome.Rejected<Schema>) writer).rejection().detail());
    }
}
