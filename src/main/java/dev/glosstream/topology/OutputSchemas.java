package dev.glosstream.topology;

import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.config.ConfigException;
import dev.glosstream.config.OutputMode;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.SourceSettings;
import dev.glosstream.emit.AppendedSchema;
import dev.glosstream.ingest.SourceFormats;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaNormalization;

/** The schemas that the enriched topic of a pipeline holds, as far as its settings know them. */
public final class OutputSchemas {
    private OutputSchemas() {}

    /**
     * Returns the schemas as JSON, by a name that tells them apart: the full name of the record, and the CRC-64-AVRO
     * fingerprint that stands in single-object encoding, as 16 hexadecimal digits.
     *
     * @throws ConfigException if the labels cannot be appended to records of a source's schemas
     */
    public static Map<String, String> of(PipelineSettings settings) {
        List<Schema> schemas = settings.output().mode() == OutputMode.WRAP
                ? List.of(AppendedSchema.published(EnrichedEvent.getClassSchema()))
                : derived(settings);
        Map<String, String> byName = new LinkedHashMap<>();
        for (Schema schema : schemas) {
            String fingerprint = String.format("%016x", SchemaNormalization.parsingFingerprint64(schema));
            byName.put(schema.getFullName() + "." + fingerprint, SchemaFormatter.format("json/pretty", schema));
        }
        return byName;
    }

    /**
     * Requires that the labels can be appended to the records of every source whose schemas are known.
     *
     * @throws ConfigException with every schema that takes no labels, and why
     */
    static void requireAppendable(PipelineSettings settings) {
        if (settings.output().mode() == OutputMode.APPEND) {
            List<Schema> unused = derived(settings);
        }
    }

    private static List<Schema> derived(PipelineSettings settings) {
        List<Schema> derived = new ArrayList<>();
        List<String> mistakes = new ArrayList<>();
        for (SourceSettings source : settings.sources()) {
            boolean several = source.fields().hasSeveralTexts();
            for (Schema schema : SourceFormats.schemas(source)) {
                AppendedSchema.derive(schema, settings.output().field(), several)
                        .fold(
                                derived::add,
                                rejection -> mistakes.add("source " + source.topics() + ": " + rejection.detail()));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
        return derived;
    }
}
