package dev.glosstream.app;

import dev.glosstream.config.LimitSettings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records as they should not be, one of each kind that real topics hold sooner or later, and two that only look broken.
 *
 * <p>Nothing of them may stop the pipeline or touch the records beside them.
 */
final class BrokenRecords {
    private static final int FINGERPRINT = 2;
    private static final int HEADER_BYTES = 10;

    private final LimitSettings limits;
    private final TextEventBytes events;

    /**
     * Makes records that break these limits.
     *
     * @param limits those of the pipeline that will read them
     */
    BrokenRecords(LimitSettings limits) {
        this(limits, new TextEventBytes());
    }

    /**
     * Makes records that break these limits.
     *
     * @param limits those of the pipeline that will read them
     * @param events encodes those of them that are events
     */
    BrokenRecords(LimitSettings limits, TextEventBytes events) {
        this.limits = limits;
        this.events = events;
    }

    /** Returns the records that must end as dead letters. */
    List<DemoRecord> refused() {
        List<DemoRecord> records = new ArrayList<>();
        records.add(raw("broken-not-avro", bytes("I am not Avro, I am a sentence.")));
        records.add(raw("broken-json", bytes("{\"id\": \"7\", \"text\": \"wrong format\"}")));
        records.add(raw("broken-no-bytes", new byte[0]));
        // With a key it would be a tombstone, which passes.
        records.add(new DemoRecord(Optional.empty(), null, null));
        records.add(raw("broken-fingerprint", wrongFingerprint()));
        records.add(raw("broken-truncated", truncated()));
        records.add(raw("broken-trailing-bytes", trailingBytes()));
        records.add(event("broken-empty-text", ""));
        records.add(event("broken-blank-text", " \t\r\n\u00A0\u3000 "));
        records.add(event("broken-invisible-text", "\u200B\u202E\u2066\u2069\u202C\uFEFF"));
        records.add(event("broken-too-long", "x".repeat(limits.maxChars() + 1)));
        records.add(raw("broken-too-large", new byte[limits.maxRecordBytes() + 1]));
        records.add(loneSurrogates());
        return records;
    }

    /** Returns records with odd characters that must be labelled all the same. */
    List<DemoRecord> odd() {
        return List.of(
                event("odd-nul", "Thanks, Lisbon was lovely\u0000 and so was the food."),
                event("odd-marks", "Great" + "\u0301".repeat(Math.min(10_000, limits.maxChars() - 20)) + " stuff!"));
    }

    private DemoRecord event(String id, String text) {
        return events.record(id, text);
    }

    private static DemoRecord raw(String key, byte @Nullable [] value) {
        return new DemoRecord(Optional.empty(), bytes(key), value);
    }

    private byte[] wellFormed() {
        byte[] value = events.record("broken", "A good text in bad company.").value();
        return value == null ? new byte[0] : value;
    }

    private byte[] wrongFingerprint() {
        byte[] value = wellFormed();
        value[FINGERPRINT] ^= 0x55;
        return value;
    }

    private byte[] truncated() {
        byte[] value = wellFormed();
        return Arrays.copyOf(value, HEADER_BYTES + (value.length - HEADER_BYTES) / 2);
    }

    private byte[] trailingBytes() {
        byte[] value = wellFormed();
        return Arrays.copyOf(value, value.length + 3);
    }

    /** Both halves of an emoji, each encoded as if it were a character: CESU-8, which is not UTF-8. */
    private DemoRecord loneSurrogates() {
        byte[] text = {'O', 'h', ' ', (byte) 0xED, (byte) 0xA0, (byte) 0xBD, (byte) 0xED, (byte) 0xB8, (byte) 0x80};
        return events.record("broken-surrogates", text, null, Map.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
