package dev.glosstream.ingest;

import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;

/**
 * The format of a source: record → event. The seam for other wire formats, such as that of a schema registry. One thread at a
 * time.
 */
@FunctionalInterface
public interface SourceDecoder {

    /**
     * Decodes the value of a record.
     *
     * <p>Whatever is wrong with the bytes is an answer ({@code not-avro}, {@code not-json}, {@code wrong-schema}, {@code
     * malformed-text}, {@code missing-field}, {@code wrong-field}); an exception means that the decoder itself cannot work,
     * for example because its registry is gone. The same record always gives the same answer: a record that waited through
     * a crash is decoded again.
     *
     * @param record a record whose value is not null
     */
    Outcome<SourceEvent> decode(InputRecord record);
}
