package dev.glosstream.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The timestamp of a record as it stands in Kafka. Never throws and never drops a record: one without a timestamp gets the
 * latest seen in its partition, or 0.
 */
final class ArrivalTimestamps implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        // Streams silently skips a record whose timestamp is negative, as those of old producers are.
        return record.timestamp() >= 0 ? record.timestamp() : Math.max(0, partitionTime);
    }
}
