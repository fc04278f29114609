package dev.glosstream.config;

import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
 * @param kafka any property of the Kafka clients or Kafka Streams, as it stands in their documentation
 * @param sources where events come from; at least one, no topic in two of them by name
 * @param output how labelled events are written
 * @param observability how the running pipeline shows itself
 * @param device where the models run
 * @param precision in which arithmetic they compute
 * @param registry the schema registry of the topics, if there is one
 */
public record PipelineSettings(
        String applicationId,
        TopicSettings topics,
        Map<Task, Path> models,
        BatchingSettings batching,
        LimitSettings limits,
        Guarantee guarantee,
        int threads,
        Map<String, String> kafka,
        List<SourceSettings> sources,
        OutputSettings output,
        ObservabilitySettings observability,
        DeviceChoice device,
        PrecisionChoice precision,
        Optional<RegistrySettings> registry) {

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
        sources = List.copyOf(sources);
        SourceRules.require(sources, topics.outputs(), applicationId, output);
        if (registry.isEmpty()) {
            SourceRules.requireSchemas(sources);
        }
    }

    /** Creates settings of a pipeline that reads text events from {@code topics.input} and wraps them. */
    public PipelineSettings(
            String applicationId,
            TopicSettings topics,
            Map<Task, Path> models,
            BatchingSettings batching,
            LimitSettings limits,
            Guarantee guarantee,
            int threads,
            Map<String, String> kafka) {
        this(
                applicationId,
                topics,
                models,
                batching,
                limits,
                guarantee,
                threads,
                kafka,
                List.of(SourceSettings.textEvents(topics.input())),
                OutputSettings.DEFAULT,
                ObservabilitySettings.DEFAULT,
                DeviceChoice.CPU,
                PrecisionChoice.AUTO,
                Optional.empty());
    }

    /** Returns the tasks whose labels are also written alone, each to its own topic. */
    public Set<Task> tasksAlone() {
        return output.labelTopics() ? models.keySet() : Set.of();
    }

    /** Returns these settings with other limits. */
    public PipelineSettings withLimits(LimitSettings others) {
        return with(others, sources, output);
    }

    /** Returns these settings with other sources and another output. */
    public PipelineSettings withEvents(List<SourceSettings> otherSources, OutputSettings otherOutput) {
        return with(limits, otherSources, otherOutput);
    }

    private PipelineSettings with(
            LimitSettings otherLimits, List<SourceSettings> otherSources, OutputSettings otherOutput) {
        return new PipelineSettings(
                applicationId,
                topics,
                models,
                batching,
                otherLimits,
                guarantee,
                threads,
                kafka,
                otherSources,
                otherOutput,
                observability,
                device,
                precision,
                registry);
    }

    /** Returns these settings for text events of {@code topics.input}, wrapped. */
    public PipelineSettings withTextEvents() {
        return withEvents(List.of(SourceSettings.textEvents(topics.input())), OutputSettings.DEFAULT);
    }
}
