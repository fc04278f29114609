package dev.glosstream.registry;

import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.nio.ByteBuffer;

/**
 * What precedes a record in the wire format of Confluent's serializers: a zero byte, and the schema's id in four bytes, high
 * one first.
 *
 * @see <a
 *     href="https://docs.confluent.io/platform/current/schema-registry/fundamentals/serdes-develop/index.html#wire-format">
 *     Confluent, wire format</a>
 */
public final class ConfluentFrame {
    /** Bytes before the body. */
    public static final int BYTES = 5;

    private static final byte MAGIC = 0;

    private ConfluentFrame() {}

    /** Returns the schema id of a value, or why it has none. */
    public static Outcome<Integer> id(byte[] value) {
        if (value.length < BYTES) {
            return Outcome.rejected(
                    RejectionReason.NOT_AVRO,
                    "value: expected a zero byte, a schema id of 4 bytes and a record, got " + value.length
                            + " bytes in all");
        }
        if (value[0] != MAGIC) {
            return Outcome.rejected(
                    RejectionReason.NOT_AVRO,
                    "value: expected a zero byte and a schema id of 4 bytes, got first byte "
                            + String.format("%02x", value[0]));
        }
        return Outcome.accepted(ByteBuffer.wrap(value).getInt(1));
    }

    /** Returns the five bytes of a schema id. */
    public static byte[] of(int id) {
        return ByteBuffer.allocate(BYTES).put(MAGIC).putInt(id).array();
    }
}
