package dev.glosstream.topology;

import dev.glosstream.window.ModelRest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Kafka's consumer, which does not ask for records while the {@linkplain ModelRest models of its thread rest}; what came
 * meanwhile is there at once. A rest is shorter than {@code batching.maxWait}. Heartbeats are sent by a thread of their own.
 */
final class RestingConsumer extends KafkaConsumer<byte[], byte[]> {
    RestingConsumer(Map<String, Object> config) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        // Once more if it wakes up early.
        for (long nanos = ModelRest.nanosOfThisThread(); nanos > 0; nanos = ModelRest.nanosOfThisThread()) {
            LockSupport.parkNanos(nanos);
        }
        return super.poll(timeout);
    }
}
