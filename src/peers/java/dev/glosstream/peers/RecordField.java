package dev.glosstream.peers;

import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.java.tuple.Tuple2;

/**
 * Writes one field of a record as it is; a class, since Flink cannot tell the type of a lambda.
 *
 * @param index 0 for the key, 1 for the value
 */
record RecordField(int index) implements SerializationSchema<Tuple2<byte[], byte[]>> {
    @Override
    public byte[] serialize(Tuple2<byte[], byte[]> record) {
        return record.getField(index);
    }
}
