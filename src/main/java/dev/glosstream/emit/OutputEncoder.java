package dev.glosstream.emit;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The wire format of output records: record → bytes.
 *
 * <p>Single-object encoding by default; a schema registry's format takes its place by implementing this. One thread at a
 * time.
 */
public interface OutputEncoder {

    /**
     * Encodes a record.
     *
     * @param topic where the bytes will go; a registry may keep schemas by topic
     * @return bytes that the caller owns
     */
    byte[] encode(String topic, SpecificRecord record);

    /**
     * Puts the wire format around a body that is encoded already.
     *
     * @param topic where the bytes will go
     * @param schema the schema that the body is written with
     * @param body Avro's binary encoding; not changed
     * @return bytes that the caller owns, ending in the body
     */
    byte[] frame(String topic, Schema schema, byte[] body);
}
