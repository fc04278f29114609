package dev.glosstream.config;

import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a pipeline is configured with.
 *
 * @param applicationId identity of the deployment: instances with the same one share the work; prefixes internal topics
 * @param topics the topics
 * @param models for each task the folder of its model bundle; at least one
 * @param batching window and batches
 * @param limits what is refused
 * @param guarantee delivery
 * @param threads stream threads of this instance, 1 to 256
 * @param registry the schema registry of the topics, if there is one
 * @param kafka any property of the Kafka clients or Kafka Streams, as it stands in their documentation
 */
public record PipelineSettings(
        String applicationId,
        TopicSettings topics,
        Map<Task, Path> models,
        BatchingSettings batching,
        LimitSettings limits,
        Guarantee guarantee,
        int threads,
        Optional<RegistrySettings> registry,
        Map<String, String> kafka) {

    /** What {@code threads} may be. */
    static final Range THREADS = new Range(1, 256);
    /** What {@code applicationId} may be. */
    static final TextRule APPLICATION_ID =
            new TextRule("[A-Za-z0-9._-]{1,100}", "1 to 100 letters, digits, '.', '_' or '-'");

    /** Validates and copies. */
    public PipelineSettings {
        if (!APPLICATION_ID.accepts(applicationId)) {
            throw new IllegalArgumentException(
                    "applicationId: expected " + APPLICATION_ID.words() + ", got '" + applicationId + "'");
        }
        if (models.isEmpty()) {
            throw new IllegalArgumentException("models: expected at least one of sentiment and entities, got none");
        }
        THREADS.require("threads", threads);
        models = Map.copyOf(new EnumMap<>(models));
        kafka = Map.copyOf(kafka);
    }

    /** Returns these settings with other limits. */
    public PipelineSettings withLimits(LimitSettings others) {
        return new PipelineSettings(
                applicationId, topics, models, batching, others, guarantee, threads, registry, kafka);
    }
}
