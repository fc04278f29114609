package dev.glosstream.ingest;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.FieldPath;
import dev.glosstream.config.OutputMode;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.SourceFields;
import dev.glosstream.config.SourceSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** Where the decoders of sources come from. The seam for formats that need a schema registry. */
@FunctionalInterface
public interface SourceFormats {

    /**
     * Prepares the decoding of one source, once per pipeline: reads its schemas, checks its paths.
     *
     * @param source the source
     * @param output what will be made of its records: those that cannot take an appended field are refused by the decoder
     * @return makes one decoder per stream task, on its thread
     * @throws ConfigException if the source cannot be decoded like that, with every mistake
     */
    Supplier<SourceDecoder> open(SourceSettings source, OutputSettings output);

    /** Returns the formats that need no registry. */
    static SourceFormats plain() {
        return (source, output) -> switch (source.format()) {
            case TEXT_EVENT -> TextEventSource::new;
            case STRING -> StringSource::new;
            case JSON ->
                () -> new JsonSource(source.fields(), output.mode() == OutputMode.APPEND ? output.field() : "");
            case AVRO -> {
                List<Schema> schemas = schemas(source);
                AvroReader reader = new AvroReader(source.fields());
                yield () -> new AvroSource(schemas, reader);
            }
        };
    }

    /**
     * Returns every schema that values of a source may be written with, as far as the settings know.
     *
     * @throws ConfigException with every file that holds no schema and every path that no schema has
     */
    static List<Schema> schemas(SourceSettings source) {
        return switch (source.format()) {
            case TEXT_EVENT -> SchemaHistory.of("TextEvent");
            case AVRO -> checkedSchemas(source);
            case JSON, STRING -> List.of();
        };
    }

    private static List<Schema> checkedSchemas(SourceSettings source) {
        List<String> mistakes = new ArrayList<>();
        List<Path> files = source.schemas();
        List<Schema> schemas = SchemaFiles.read(files, mistakes);
        // A source without files has its schemas in a registry: nothing is known of them at the start.
        if (mistakes.isEmpty() && !schemas.isEmpty()) {
            paths(source.fields()).forEach(path -> SchemaPaths.mistake(path, schemas)
                    .ifPresent(mistake -> mistakes.add("source " + source.topics() + ": " + mistake)));
        }
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
        return schemas;
    }

    private static Stream<FieldPath> paths(SourceFields fields) {
        return Stream.of(
                        fields.texts().stream(),
                        fields.id().stream(),
                        fields.language().stream(),
                        fields.time().stream(),
                        fields.attributes().values().stream())
                .flatMap(each -> each);
    }
}
