package dev.glosstream.peers;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes key and value as they are.
 *
 * @param topic of the results
 */
record RecordWriting(String topic) implements KafkaRecordSerializationSchema<Tuple2<byte[], byte[]>> {
    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Tuple2<byte[], byte[]> record, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, record.f0, record.f1);
    }
}
