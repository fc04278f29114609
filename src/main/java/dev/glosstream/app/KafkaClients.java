package dev.glosstream.app;

import dev.glosstream.config.PipelineSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Properties of plain Kafka clients that reach the cluster of a pipeline: its {@code kafka} settings, those with the prefix of
 * the client last, without it; those for other clients are left out.
 */
final class KafkaClients {
    private static final List<String> PREFIXES =
            List.of("producer.", "consumer.", "main.consumer.", "restore.consumer.", "global.consumer.", "admin.");

    private KafkaClients() {}

    /** Returns those of a producer. */
    static Map<String, Object> producer(PipelineSettings settings) {
        return of(settings, "producer.");
    }

    /** Returns those of a consumer. */
    static Map<String, Object> consumer(PipelineSettings settings) {
        return of(settings, "consumer.");
    }

    private static Map<String, Object> of(PipelineSettings settings, String prefix) {
        Map<String, Object> properties = new LinkedHashMap<>();
        settings.kafka().forEach((name, value) -> {
            if (PREFIXES.stream().noneMatch(name::startsWith)) {
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
