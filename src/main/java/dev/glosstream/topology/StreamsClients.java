package dev.glosstream.topology;

import dev.glosstream.window.InputBacklog;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * Kafka's own clients for an application, remembered, so that a window can ask the consumer of its thread how much lies
 * ready.
 *
 * <p>Give it to {@code new KafkaStreams(topology, clients.within(properties), clients)}; one per application. With {@code
 * group.protocol=streams} Kafka Streams makes the consumer itself: nothing is known then, and windows close by their
 * bounds. Any thread; {@link #after} on a stream thread.
 */
public final class StreamsClients implements KafkaClientSupplier, InputBacklog {
    /** What Kafka Streams adds to a thread's name in the {@code client.id} of its consumer. */
    private static final String OF_THREAD = "-consumer";

    private final Map<String, Consumer<byte[], byte[]>> byThread = new ConcurrentHashMap<>();

    /** Creates the clients' maker. */
    public StreamsClients() {}

    /** Puts this into the properties of the application, where windows find it, and returns them. */
    public Properties within(Properties properties) {
        properties.put(InputBacklog.PROPERTY, this);
        return properties;
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        Consumer<byte[], byte[]> consumer = new RestingConsumer(config);
        String client = String.valueOf(config.get(ConsumerConfig.CLIENT_ID_CONFIG));
        if (client.endsWith(OF_THREAD)) {
            byThread.put(client.substring(0, client.length() - OF_THREAD.length()), consumer);
        }
        return consumer;
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return consumer(config);
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Adds what lies in the topic beyond the last poll to what was polled and not yet processed. */
    @Override
    public OptionalLong after(String topic, int partition, long offset) {
        Consumer<byte[], byte[]> consumer = byThread.get(Thread.currentThread().getName());
        if (consumer == null) {
            return OptionalLong.empty();
        }
        TopicPartition place = new TopicPartition(topic, partition);
        try {
            OptionalLong unread = consumer.currentLag(place);
            if (unread.isEmpty()) {
                return unread;
            }
            long polled = consumer.position(place) - offset - 1;
            return OptionalLong.of(Math.max(0, unread.getAsLong()) + Math.max(0, polled));
        } catch (IllegalStateException e) {
            // The partition was just taken away from this consumer.
            return OptionalLong.empty();
        }
    }
}
