package dev.glosstream.app;

import dev.glosstream.avro.TextEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/** Encodes text events whose text is any bytes, UTF-8 or not, as a producer without checks could send them. One thread. */
final class TextEventBytes {
    private final Schema schema = TextEvent.getClassSchema();
    private final BinaryMessageEncoder<GenericRecord> encoder = new BinaryMessageEncoder<>(GenericData.get(), schema);
    private final String idSuffix;

    /** Encodes events under the ids they are given. */
    TextEventBytes() {
        this("");
    }

    /**
     * Encodes events under ids that tell one round of the same events from another.
     *
     * @param idSuffix what every id ends with
     */
    TextEventBytes(String idSuffix) {
        this.idSuffix = idSuffix;
    }

    /** Returns the record of an event, with its id as key. */
    DemoRecord record(String id, String text) {
        return record(id, text.getBytes(StandardCharsets.UTF_8), null, Map.of());
    }

    /**
     * Returns the record of an event, with its id as key.
     *
     * @param name its id, before the suffix
     * @param text the text in bytes
     * @param language BCP 47 tag, or null
     * @param attributes anything else about it
     */
    DemoRecord record(String name, byte[] text, @Nullable String language, Map<String, String> attributes) {
        String id = name + idSuffix;
        GenericRecord event = new GenericData.Record(schema);
        event.put("id", id);
        event.put("text", new Utf8(text));
        event.put("language", language);
        event.put("attributes", attributes);
        return new DemoRecord(Optional.of(id), id.getBytes(StandardCharsets.UTF_8), encode(event));
    }

    private byte[] encode(GenericRecord event) {
        try {
            ByteBuffer encoded = encoder.encode(event);
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("text event: expected to encode in memory", e);
        }
    }
}
