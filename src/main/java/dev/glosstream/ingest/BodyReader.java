package dev.glosstream.ingest;

import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import org.apache.avro.Schema;

/** Reads events from Avro bodies, whatever the framing around them is. One thread at a time. */
@FunctionalInterface
public interface BodyReader {

    /**
     * Reads the event of a record; whatever is wrong with the bytes or with their schema is an answer.
     *
     * @param record a record whose value is not null
     * @param writer the schema that the body was written with
     * @param bodyStart index in the value where the body begins; it ends with the value
     */
    Outcome<SourceEvent> read(InputRecord record, Schema writer, int bodyStart);
}
