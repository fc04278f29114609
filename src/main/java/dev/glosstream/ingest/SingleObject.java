package dev.glosstream.ingest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/**
 * The header of Avro's single-object encoding: two marker bytes, and the CRC-64-AVRO fingerprint of the writer's schema,
 * little-endian.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro specification,
 *     single-object encoding</a>
 */
final class SingleObject {
    /** What precedes the body: the marker and the fingerprint. */
    static final int HEADER_BYTES = 10;
    /** What it is, to stand after "expected". */
    static final String WORDS = "Avro single-object encoding (C3 01 and the schema's fingerprint)";

    private static final byte MARKER_FIRST = (byte) 0xC3;
    private static final byte MARKER_SECOND = 0x01;

    private SingleObject() {}

    /** Returns the fingerprint of the writer's schema; empty if the bytes do not begin like that. */
    static OptionalLong fingerprint(byte[] value) {
        if (value.length < HEADER_BYTES || value[0] != MARKER_FIRST || value[1] != MARKER_SECOND) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2));
    }

    /** Returns schemas by their fingerprints. */
    static Map<Long, Schema> byFingerprint(List<Schema> schemas) {
        Map<Long, Schema> found = new HashMap<>();
        schemas.forEach(schema -> found.put(SchemaNormalization.parsingFingerprint64(schema), schema));
        return found;
    }

    /** Returns a fingerprint as people write it. */
    static String hex(long fingerprint) {
        return String.format("%016x", fingerprint);
    }
}
