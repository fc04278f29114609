package dev.glosstream.topology;

import dev.glosstream.emit.AppendedSchema;
import dev.glosstream.emit.ConfluentEncoder;
import dev.glosstream.emit.OutputBodies;
import dev.glosstream.emit.OutputEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificRecord;

/**
 * Output records through the serializer that the settings name. One thread at a time.
 *
 * <p>It gets generic records: for a generated class a serde would register what only that class needs, and Avro would ask it
 * whether the class is trusted.
 */
final class SerdeEncoder implements OutputEncoder {
    private static final byte[] NO_FRAME = {};

    private final SerdeClasses classes;
    private final ConfluentEncoder own;
    private final OutputBodies bodies = new OutputBodies();
    private final Map<Class<?>, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

    /**
     * Creates an encoder.
     *
     * @param own frames bodies whose bytes must stay as they are, which no serde promises
     */
    SerdeEncoder(SerdeClasses classes, ConfluentEncoder own) {
        this.classes = classes;
        this.own = own;
    }

    @Override
    public byte[] frame(String topic, Schema schema, byte[] body) {
        return own.frame(topic, schema, body);
    }

    @Override
    public byte[] encode(String topic, SpecificRecord record) {
        return classes.serialize(topic, generic(record));
    }

    private GenericRecord generic(SpecificRecord record) {
        GenericDatumReader<GenericRecord> reader = readers.computeIfAbsent(record.getClass(), type -> {
            Schema schema = AppendedSchema.published(record.getSchema());
            return new GenericDatumReader<>(schema);
        });
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bodies.body(NO_FRAME, record), null);
        try {
            return reader.read(null, decoder);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "record of schema '" + record.getSchema().getFullName() + "': expected to decode in memory", e);
        }
    }
}
