package dev.glosstream.config;

/**
 * What is refused.
 *
 * @param maxChars longest text, in UTF-16 units, 1 to 1,000,000
 * @param maxRecordBytes largest record, key, value and headers together in bytes, 1,024 to 64 MiB; larger ones become
 *     dead letters without their bytes
 */
public record LimitSettings(int maxChars, int maxRecordBytes) {
    /** What {@code maxChars} may be. */
    static final Range MAX_CHARS = new Range(1, 1_000_000);
    /** What {@code limits.maxRecordBytes} may be, in bytes. */
    public static final Range MAX_RECORD_BYTES = new Range(1024, 64 << 20);

    /** 20,000 characters, 2 MiB. */
    public static final LimitSettings DEFAULT = new LimitSettings(20_000, 2 << 20);

    /** Validates the ranges. */
    public LimitSettings {
        MAX_CHARS.require("limits.maxChars", maxChars);
        MAX_RECORD_BYTES.require("limits.maxRecordBytes", maxRecordBytes);
    }
}
