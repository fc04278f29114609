package dev.glosstream.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Where events come from, and how they are written.
 *
 * @param topics the topics
 * @param format how their values are written
 * @param fields where the fields of an event stand; none in a format without paths
 * @param schemas files of the Avro schemas that values in single-object encoding are written with: all of them, or none if
 *     a registry has them; none in other formats than {@code avro}
 */
public record SourceSettings(SourceTopics topics, SourceFormat format, SourceFields fields, List<Path> schemas) {

    /** Validates what the format needs. */
    public SourceSettings {
        schemas = List.copyOf(schemas);
        if (format.hasPaths() == fields.texts().isEmpty()) {
            throw new IllegalArgumentException("source " + topics + ": expected "
                    + (format.hasPaths() ? "the path of a text" : "no paths") + " in format '" + format.code() + "'");
        }
        if (!format.hasPaths() && !fields.equals(SourceFields.NONE)) {
            throw new IllegalArgumentException(
                    "source " + topics + ": expected no paths in format '" + format.code() + "', got some");
        }
        if (format != SourceFormat.AVRO && !schemas.isEmpty()) {
            throw new IllegalArgumentException("source " + topics + ": expected schemas in format 'avro' alone, got "
                    + schemas.size() + " in format '" + format.code() + "'");
        }
    }

    /** Returns the source of text events. */
    public static SourceSettings textEvents(String topic) {
        return new SourceSettings(SourceTopics.named(topic), SourceFormat.TEXT_EVENT, SourceFields.NONE, List.of());
    }
}
