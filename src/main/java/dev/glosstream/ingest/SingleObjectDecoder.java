package dev.glosstream.ingest;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Text events in Avro single-object encoding.
 *
 * <p>Reads every version of the schema that {@link SchemaHistory} knows. Unlike Avro's {@code BinaryMessageDecoder} it
 * decodes from the array itself, so that a length beyond its end is refused before anything is allocated, and it refuses
 * bytes left over after the body. One thread at a time.
 */
final class SingleObjectDecoder {
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
        OptionalLong fingerprint = SingleObject.fingerprint(value);
        if (fingerprint.isEmpty()) {
            return notAvro(SingleObject.WORDS + ", got other bytes");
        }
        StrictTextReader reader = readerByFingerprint.get(fingerprint.getAsLong());
        if (reader == null) {
            return Outcome.rejected(
                    RejectionReason.WRONG_SCHEMA,
                    "value: expected a known version of TextEvent, got a schema of fingerprint "
                            + SingleObject.hex(fingerprint.getAsLong()));
        }
        return decode(value, reader);
    }

    private Outcome<Written> decode(byte[] value, StrictTextReader reader) {
        BinaryDecoder decoder = DecoderFactory.get()
                .binaryDecoder(value, SingleObject.HEADER_BYTES, value.length - SingleObject.HEADER_BYTES, reused);
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
