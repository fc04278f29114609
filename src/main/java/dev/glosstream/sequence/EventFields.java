package dev.glosstream.sequence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the pipeline reads of an event, whatever its format is.
 *
 * @param id identifier, well-formed Unicode
 * @param texts in the order of the source's paths, and of the elements of a list; at least one, but none for a tombstone
 * @param severalTexts whether events of this source may have several texts; told by its settings, not by this event, so that
 *     all its events look alike in the output
 * @param language BCP 47 language tag, not checked
 * @param occurredAtMs when it happened, milliseconds since 1970-01-01T00:00:00Z
 * @param attributes name → text, carried to the output, not interpreted
 */
public record EventFields(
        String id,
        List<EventText> texts,
        boolean severalTexts,
        Optional<String> language,
        Optional<Long> occurredAtMs,
        Map<String, String> attributes) {

    /** Copies the texts and the attributes, keeping their order. */
    public EventFields {
        texts = List.copyOf(texts);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
}
