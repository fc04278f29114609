package dev.glosstream.ingest;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text events in bytes, sound and broken, built by hand where the encoder would not do it. */
final class WireFixtures {
    static final InputRecord.Source SOURCE = new InputRecord.Source("text-events", 3, 42, 1_000);
    static final TextEvent EVENT = TextEvent.newBuilder()
            .setId("e-1")
            .setText("Grüße aus 東京 \uD83D\uDE00")
            .setLanguage("de")
            .setAttributes(Map.of("channel", "web"))
            .build();

    private WireFixtures() {}

    static InputRecord record(byte @Nullable [] value) {
        return record(null, value);
    }

    static InputRecord record(byte @Nullable [] key, byte @Nullable [] value, InputHeader... headers) {
        return new InputRecord(key, value, List.of(headers), SOURCE);
    }

    static byte[] encode(TextEvent event) {
        return new SingleObjectEncoder().encode("text-events", event);
    }

    /** Returns the ten bytes before the body of a current text event. */
    static byte[] header() {
        byte[] header = new byte[10];
        System.arraycopy(encode(EVENT), 0, header, 0, header.length);
        return header;
    }

    /** Starts a body after a right header. */
    static Body body() {
        return new Body();
    }

    /** Avro's binary encoding, written field by field without any check. */
    static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private Body() {
            bytes.writeBytes(header());
        }

        Body number(long value) {
            long zigzag = (value << 1) ^ (value >> 63);
            while ((zigzag & ~0x7FL) != 0) {
                bytes.write((int) ((zigzag & 0x7F) | 0x80));
                zigzag >>>= 7;
            }
            bytes.write((int) zigzag);
            return this;
        }

        Body raw(int... units) {
            for (int unit : units) {
                bytes.write(unit);
            }
            return this;
        }

        Body string(String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            number(utf8.length);
            bytes.writeBytes(utf8);
            return this;
        }

        byte[] toBytes() {
            return bytes.toByteArray();
        }
    }
}
