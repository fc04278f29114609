package dev.glosstream.ingest;

import org.apache.avro.Schema;

/** How the value of a record is written: what {@code append} must know to add a field to it without touching the others. */
public sealed interface Original {

    /**
     * Avro in binary.
     *
     * @param writer the schema that the body was written with
     * @param bodyStart index in the value where the body begins, behind the header of the wire format; the body ends with
     *     the value
     */
    record Avro(Schema writer, int bodyStart) implements Original {}

    /** One JSON document in UTF-8; an object without the member that is to be appended, if one is. */
    record Json() implements Original {}

    /** Something that takes no further field, such as a plain string. */
    record Opaque() implements Original {}

    /** No value at all, under a key: whoever compacts the topic deletes that key. */
    record Tombstone() implements Original {}
}
