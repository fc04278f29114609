package dev.glosstream.sequence;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One header of an input record. The bytes are shared, not copied: nobody may change them. */
public final class InputHeader {
    private final String key;
    private final byte @Nullable [] value;

    /** Creates a header; {@code value} is null if the header had none. */
    public InputHeader(String key, byte @Nullable [] value) {
        this.key = key;
        this.value = value;
    }

    /** Returns the header's name; names may repeat within a record. */
    public String key() {
        return key;
    }

    /** Returns the header's bytes, null if it had none. */
    public byte @Nullable [] value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InputHeader that && key.equals(that.key) && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, Arrays.hashCode(value));
    }

    @Override
    public String toString() {
        return "InputHeader[" + key + "]";
    }
}
