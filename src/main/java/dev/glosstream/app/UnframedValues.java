package dev.glosstream.app;

import dev.glosstream.registry.ConfluentFrame;
import dev.glosstream.registry.SchemaRegistry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * Turns values in a registry's framing into single-object encoding, which the decoders of this program's records read; others
 * stay as they are. One thread.
 */
final class UnframedValues implements UnaryOperator<byte[]> {
    private static final int HEADER_BYTES = 10;
    private static final byte[] MARKER = {(byte) 0xC3, 1};

    private final SchemaRegistry registry;

    /** Asks this registry for the schemas of values. */
    UnframedValues(SchemaRegistry registry) {
        this.registry = registry;
    }

    /**
     * Returns a value in single-object encoding.
     *
     * @throws IllegalStateException if the registry does not know its schema
     */
    @Override
    public byte[] apply(byte[] value) {
        if (value.length < ConfluentFrame.BYTES || value[0] != 0) {
            return value;
        }
        Schema schema = ConfluentFrame.id(value).then(registry::schema).fold(found -> found, rejection -> {
            throw new IllegalStateException("schema registry: expected the schemas of this pipeline's records, got "
                    + rejection.reason().code());
        });
        int bodyBytes = value.length - ConfluentFrame.BYTES;
        return ByteBuffer.allocate(HEADER_BYTES + bodyBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARKER)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .put(value, ConfluentFrame.BYTES, bodyBytes)
                .array();
    }
}
