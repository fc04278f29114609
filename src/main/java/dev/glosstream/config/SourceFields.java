package dev.glosstream.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the fields of an event stand in the records of a source.
 *
 * @param texts in the order in which they are shown; none if the format has one text only and needs no path
 * @param id if there is none: the key, if it is text, and else topic, partition and offset
 * @param language if there is none: unknown
 * @param time if there is none: the timestamp of the record
 * @param attributes name → path, carried to the output
 */
public record SourceFields(
        List<FieldPath> texts,
        Optional<FieldPath> id,
        Optional<FieldPath> language,
        Optional<FieldPath> time,
        Map<String, FieldPath> attributes) {
    /** No path at all. */
    public static final SourceFields NONE =
            new SourceFields(List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Map.of());

    /** Copies, keeping the order; only a text may be a list. */
    public SourceFields {
        texts = List.copyOf(texts);
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        id.ifPresent(path -> requireSingle("id", path));
        language.ifPresent(path -> requireSingle("language", path));
        time.ifPresent(path -> requireSingle("time", path));
        attributes.forEach((name, path) -> requireSingle("attributes." + name, path));
    }

    /** Returns the fields of events with these texts and nothing else, each path as it is written. */
    public static SourceFields ofTexts(String... paths) {
        return new SourceFields(
                List.of(paths).stream().map(FieldPath::of).toList(),
                NONE.id(),
                NONE.language(),
                NONE.time(),
                NONE.attributes());
    }

    private static void requireSingle(String name, FieldPath path) {
        if (path.isList()) {
            throw new IllegalArgumentException(
                    name + ": expected a path to one value, got '" + path + "', which leads to the elements of a list");
        }
    }

    /** Returns whether an event may have several texts: the path is one to the elements of a list, or not the only one. */
    public boolean hasSeveralTexts() {
        return texts.size() > 1 || texts.stream().anyMatch(FieldPath::isList);
    }
}
