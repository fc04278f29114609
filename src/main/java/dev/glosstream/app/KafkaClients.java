package dev.glosstream.app;

import dev.glosstream.config.PipelineSettings;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Properties of plain Kafka clients that reach the cluster of a pipeline: its {@code kafka} settings, those with the prefix of
 * the client last, without it; those for other clients, and those of Kafka Streams, are left out.
 */
final class KafkaClients {
    private static final List<String> PREFIXES = List.of(
            "producer.", "consumer.", "main.consumer.", "restore.consumer.", "global.consumer.", "admin.", "topic.");

    private KafkaClients() {}

    /** Returns those of a producer. */
    static Map<String, Object> producer(PipelineSettings settings) {
        return of(settings, "producer.", ProducerConfig.configNames());
    }

    /** Returns those of a consumer. */
    static Map<String, Object> consumer(PipelineSettings settings) {
        return of(settings, "consumer.", ConsumerConfig.configNames());
    }

    /**
     * What nobody knows is kept: whatever a client loads, such as interceptors or a sign-in, gets it from the client.
     *
     * @param own properties that the client itself knows
     */
    private static Map<String, Object> of(PipelineSettings settings, String prefix, Set<String> own) {
        Set<String> foreign = new HashSet<>(StreamsConfig.configDef().names());
        foreign.addAll(ProducerConfig.configNames());
        foreign.addAll(ConsumerConfig.configNames());
        foreign.removeAll(own);
        Map<String, Object> properties = new LinkedHashMap<>();
        settings.kafka().forEach((name, value) -> {
            if (PREFIXES.stream().noneMatch(name::startsWith) && !foreign.contains(name)) {
                properties.put(name, value);
            }
        });
        settings.kafka().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                properties.put(name.substring(prefix.length()), value);
            }
        });
        return properties;
    }
}
