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
 * meanwhile is there at once. It rests no longer than it was allowed to wait for records: timers and commits of the thread
 * come between two polls, and {@code batching.maxWait} may be minutes. Heartbeats are sent by a thread of their own.
 */
final class RestingConsumer extends KafkaConsumer<byte[], byte[]> {
    RestingConsumer(Map<String, Object> config) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        Duration rest = Duration.ofNanos(ModelRest.nanosOfThisThread());
        if (rest.compareTo(timeout) > 0) {
            rest = timeout;
        }
        LockSupport.parkNanos(rest.toNanos());
        return super.poll(timeout.minus(rest));
    }
}
