package dev.glosstream.emit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Avro single-object encoding, which needs no registry: the fingerprint of the schema precedes the body. One thread. */
public final class SingleObjectEncoder implements OutputEncoder {
    private final Map<Class<?>, BinaryMessageEncoder<SpecificRecord>> encoders = new HashMap<>();

    /** Creates an encoder of any generated record. */
    public SingleObjectEncoder() {}

    @Override
    public byte[] encode(String topic, SpecificRecord record) {
        BinaryMessageEncoder<SpecificRecord> encoder = encoders.computeIfAbsent(
                record.getClass(),
                type -> new BinaryMessageEncoder<>(SpecificData.getForClass(type), record.getSchema()));
        try {
            ByteBuffer encoded = encoder.encode(record);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "record of schema '" + record.getSchema().getFullName() + "': expected to encode in memory", e);
        }
    }
}
