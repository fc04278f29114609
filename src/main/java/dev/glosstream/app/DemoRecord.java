package dev.glosstream.app;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record to send to the input topic. Owns its bytes; nobody may change them. */
final class DemoRecord {
    private final Optional<String> id;
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;

    /**
     * Creates a record.
     *
     * @param id id of the event in it; empty if there is none that could be read
     * @param key key in bytes, or null
     * @param value value in bytes, or null
     */
    DemoRecord(Optional<String> id, byte @Nullable [] key, byte @Nullable [] value) {
        this.id = id;
        this.key = key;
        this.value = value;
    }

    /** Returns the id of the event, if one can be read. */
    Optional<String> id() {
        return id;
    }

    /** Returns the key. */
    byte @Nullable [] key() {
        return key;
    }

    /** Returns the value. */
    byte @Nullable [] value() {
        return value;
    }

    @Override
    public String toString() {
        return "DemoRecord[" + id.orElse("without id") + "]";
    }
}
