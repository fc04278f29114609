package dev.glosstream.ingest;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.config.SourceSettings;
import java.util.function.Supplier;

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
            case JSON, AVRO ->
                throw new UnsupportedOperationException(
                        "format " + source.format().code());
        };
    }
}
