package dev.glosstream.ingest;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Avro single-object encoding: two marker bytes, the CRC-64-AVRO fingerprint of the writer's schema (little-endian), the
 * body.
 *
 * <p>Reads every version of the schema that {@link SchemaHistory} knows. Unlike Avro's {@code BinaryMessageDecoder} it
 * decodes from the array itself, so that a length beyond its end is refused before anything is allocated, and it refuses
 * bytes left over after the body. One thread at a time.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">Avro specification,
 *     single-object encoding</a>
 */
final class SingleObjectDecoder {
    /** What precedes the body: the marker and the fingerprint. */
    static final int HEADER_BYTES = 10;

    private static final byte MARKER_FIRST = (byte) 0xC3;
    private static final byte MARKER_SECOND = 0x01;

    private final Map<Long, StrictTextReader> readerByFingerprint = new HashMap<>();
    private @Nullable BinaryDecoder reused;

    /**
     * An event and how it was written.
     *
     * @param event as the current version of its schema
     * @param writer the version that it was written with
     */
    record Written(TextEvent event, Schema writer) {}

    /** Creates a decoder of all known versions of {@link TextEvent}. */
    SingleObjectDecoder() {
        this(SchemaHistory.of("TextEvent"));
    }

    SingleObjectDecoder(List<Schema> versions) {
        for (Schema version : versions) {
            readerByFingerprint.put(SchemaNormalization.parsingFingerprint64(version), new StrictTextReader(version));
        }
    }

    /** Decodes the value of a record; whatever is wrong with the bytes is an answer. */
    Outcome<Written> decode(InputRecord record) {
        byte[] value = record.value();
        if (value == null) {
            return notAvro("a value, got none");
        }
        if (!isSingleObject(value)) {
            return notAvro("Avro single-object encoding (C3 01 and the schema's fingerprint), got other bytes");
        }
        long fingerprint = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        StrictTextReader reader = readerByFingerprint.get(fingerprint);
        if (reader == null) {
            return Outcome.rejected(
                    RejectionReason.WRONG_SCHEMA,
                    "value: expected a known version of TextEvent, got a schema of fingerprint "
                            + String.format("%016x", fingerprint));
        }
        return decode(value, reader);
    }

    /** Returns whether a value begins as this encoding does. */
    static boolean isSingleObject(byte[] value) {
        return value.length >= HEADER_BYTES && value[0] == MARKER_FIRST && value[1] == MARKER_SECOND;
    }

    private Outcome<Written> decode(byte[] value, StrictTextReader reader) {
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, reused);
        reused = decoder;
        try {
            TextEvent event = reader.read(null, decoder);
            return decoder.isEnd()
                    ? Outcome.accepted(new Written(event, reader.getSchema()))
                    : notAvro("one TextEvent, got bytes left over after it");
        } catch (StrictTextReader.MalformedStringException e) {
            return Outcome.rejected(
                    RejectionReason.MALFORMED_TEXT, "value: expected strings in UTF-8, got other bytes in one of them");
        } catch (IOException | RuntimeException e) {
            // Avro answers broken bytes with exceptions of many kinds, index errors included; none is about us.
            return notAvro("the body of a TextEvent, got bytes that do not decode ("
                    + e.getClass().getSimpleName() + ")");
        }
    }

    private static Outcome<Written> notAvro(String expectedAndGot) {
        return Outcome.rejected(RejectionReason.NOT_AVRO, "value: expected " + expectedAndGot);
    }
}
