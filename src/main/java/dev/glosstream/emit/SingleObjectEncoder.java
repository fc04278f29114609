package dev.glosstream.emit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** Avro single-object encoding, which needs no registry: the fingerprint of the schema precedes the body. One thread. */
public final class SingleObjectEncoder implements OutputEncoder {
    private static final int HEADER_BYTES = 10;
    private static final short MARKER = (short) 0xC301;

    private final Map<Class<?>, BinaryMessageEncoder<SpecificRecord>> encoders = new HashMap<>();
    private final Map<Schema, Long> fingerprints = new HashMap<>();

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

    @Override
    public byte[] frame(String topic, Schema schema, byte[] body) {
        long fingerprint = fingerprints.computeIfAbsent(schema, SchemaNormalization::parsingFingerprint64);
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .putShort(MARKER)
                .putLong(Long.reverseBytes(fingerprint))
                .put(body)
                .array();
    }
}
