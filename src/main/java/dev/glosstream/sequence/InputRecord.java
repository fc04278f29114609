package dev.glosstream.sequence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An input record as it arrived: its bytes, and where it came from. Everything that a dead letter needs.
 *
 * <p>The bytes are shared, not copied: nobody may change them.
 */
public final class InputRecord {
    /** What a header costs beside its own bytes: lengths and the mark of a missing value. */
    private static final int HEADER_OVERHEAD_BYTES = 8;

    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final List<InputHeader> headers;
    private final Source source;

    /**
     * Where a record came from.
     *
     * @param topic topic name
     * @param partition 0 or more
     * @param offset 0 or more
     * @param timestampMs milliseconds since 1970-01-01T00:00:00Z, 0 or more
     */
    public record Source(String topic, int partition, long offset, long timestampMs) {}

    /**
     * Creates a record.
     *
     * @param key null if the record had none
     * @param value null if the record had none
     * @param headers in their order
     * @param source where it came from
     */
    public InputRecord(byte @Nullable [] key, byte @Nullable [] value, List<InputHeader> headers, Source source) {
        this.key = key;
        this.value = value;
        this.headers = List.copyOf(headers);
        this.source = source;
    }

    /** Returns the key's bytes, null if there was none. */
    public byte @Nullable [] key() {
        return key;
    }

    /** Returns the value's bytes, null if there was none. */
    public byte @Nullable [] value() {
        return value;
    }

    /** Returns the headers in their order. */
    public List<InputHeader> headers() {
        return headers;
    }

    /** Returns where the record came from. */
    public Source source() {
        return source;
    }

    /** Returns the size of key, value and headers, in bytes; each header counts 8 more, for its lengths. */
    public long sizeBytes() {
        long size = length(key) + length(value);
        for (InputHeader header : headers) {
            size += header.key().getBytes(StandardCharsets.UTF_8).length;
            size += length(header.value()) + HEADER_OVERHEAD_BYTES;
        }
        return size;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InputRecord that
                && Arrays.equals(key, that.key)
                && Arrays.equals(value, that.value)
                && headers.equals(that.headers)
                && source.equals(that.source);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(key), Arrays.hashCode(value), headers, source);
    }

    @Override
    public String toString() {
        return "InputRecord[" + source + "]";
    }
}
