package dev.glosstream.ingest;

import dev.glosstream.sequence.EventFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A decoded record of a source.
 *
 * @param fields what the pipeline reads of it
 * @param original how its value is written
 */
public record SourceEvent(EventFields fields, Original original) {
    private static final SourceEvent TOMBSTONE = new SourceEvent(
            new EventFields("", List.of(), false, Optional.empty(), Optional.empty(), Map.of()),
            new Original.Tombstone());

    /** Returns the event of a record that has a key and no value: without texts. */
    public static SourceEvent tombstone() {
        return TOMBSTONE;
    }
}
