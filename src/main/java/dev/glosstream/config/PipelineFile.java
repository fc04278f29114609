package dev.glosstream.config;

import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads a pipeline file, {@code topology/enrichment.yaml} or one like it.
 *
 * <p>Model folders and schema files: a relative one in the file counts from the project folder, which is the folder above
 * the one that holds the file if that one is called {@code topology}, and else the folder that holds the file; a relative
 * one of an override counts from the working directory. An empty one leaves the task out.
 *
 * @see SettingsFile overrides, placeholders, and which value wins
 */
public final class PipelineFile {
    private static final String TOPOLOGY = "topology";
    private static final int DEFAULT_THREADS = 2;

    private PipelineFile() {}

    /**
     * Reads a file.
     *
     * @param file the pipeline file
     * @param variables what placeholders are replaced with, usually the environment
     * @param overrides {@code key=value} each, in the order given
     * @throws ConfigException with every mistake
     */
    public static PipelineSettings read(Path file, Map<String, String> variables, List<String> overrides) {
        return read(file, variables, overrides, TextCheck.NONE);
    }

    /**
     * Reads a file as {@link #read(Path, Map, List)} does.
     *
     * @param ofKafka what is wrong with a property under {@code kafka}, which is a mistake like others
     * @throws ConfigException with every mistake
     */
    public static PipelineSettings read(
            Path file, Map<String, String> variables, List<String> overrides, TextCheck ofKafka) {
        return pipeline(SettingsFile.read(file, variables, overrides), projectOf(file), ofKafka);
    }

    /** Returns the folder that relative model folders of a pipeline file count from. */
    static Path projectOf(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            return file.toAbsolutePath();
        }
        Path above = folder.getParent();
        return above != null && folder.endsWith(TOPOLOGY) ? above : folder;
    }

    /**
     * Reads what a settings file says of a pipeline.
     *
     * @param project folder that relative model folders count from
     * @throws ConfigException with every mistake
     */
    static PipelineSettings pipeline(SettingsFile file, Path project) {
        return pipeline(file, project, TextCheck.NONE);
    }

    private static PipelineSettings pipeline(SettingsFile file, Path project, TextCheck ofKafka) {
        SettingsSection root = file.root();
        Setting<String> applicationId =
                root.string("applicationId", PipelineSettings.APPLICATION_ID).required();
        SettingsSection topicSection = root.section("topics");
        SettingsSection registrySection = root.section("registry");
        Supplier<List<SourceSettings>> sources =
                new SourceSections(project, RegistrySection.isGiven(registrySection)).sources(root, topicSection);
        Supplier<OutputSettings> output = SourceSections.output(root.section("output"));
        Supplier<TopicSettings> topics = topics(topicSection);
        Map<Task, Path> models = models(root.section("models"), project);
        Supplier<BatchingSettings> batching = batching(root.section("batching"));
        Supplier<LimitSettings> limits = limits(root.section("limits"));
        Setting<Guarantee> guarantee = root.choice("guarantee", Arrays.asList(Guarantee.values()), Guarantee::code);
        Setting<Integer> threads = root.integer("threads", PipelineSettings.THREADS);
        Supplier<Optional<RegistrySettings>> registry = RegistrySection.read(registrySection, project);
        Map<String, String> kafka = root.section("kafka").texts(ofKafka);
        Supplier<ObservabilitySettings> observability = ObservabilitySections.read(root);
        Setting<String> device = root.string("device", DeviceChoice.TEXT);
        Setting<PrecisionChoice> precision = precision(root);
        return file.finish(() -> {
            TopicSettings named = topics.get();
            List<SourceSettings> given = sources.get();
            return new PipelineSettings(
                    applicationId.get(),
                    named,
                    models,
                    batching.get(),
                    limits.get(),
                    guarantee.orElse(Guarantee.EXACTLY_ONCE_V2),
                    threads.orElse(DEFAULT_THREADS),
                    kafka,
                    given.isEmpty() ? List.of(SourceSettings.textEvents(named.input())) : given,
                    output.get(),
                    observability.get(),
                    DeviceChoice.parse(device.orElse(DeviceChoice.CPU.code())),
                    precision.orElse(PrecisionChoice.AUTO),
                    registry.get());
        });
    }

    private static Setting<PrecisionChoice> precision(SettingsSection root) {
        return root.choice("precision", Arrays.asList(PrecisionChoice.values()), PrecisionChoice::code);
    }

    private static Supplier<TopicSettings> topics(SettingsSection section) {
        TopicSettings usual = TopicSettings.DEFAULT;
        Setting<String> input = section.string("input", TopicSettings.NAME);
        Setting<String> enriched = section.string("enriched", TopicSettings.NAME);
        Setting<String> sentiment = section.string("sentiment", TopicSettings.NAME);
        Setting<String> entities = section.string("entities", TopicSettings.NAME);
        Setting<String> deadLetters = section.string("deadLetters", TopicSettings.NAME);
        return () -> new TopicSettings(
                input.orElse(usual.input()),
                enriched.orElse(usual.enriched()),
                sentiment.orElse(usual.sentiment()),
                entities.orElse(usual.entities()),
                deadLetters.orElse(usual.deadLetters()));
    }

    private static Map<Task, Path> models(SettingsSection section, Path project) {
        Map<Task, Path> models = new EnumMap<>(Task.class);
        for (Task task : Task.values()) {
            section.path(task.code(), project)
                    .optional()
                    .filter(folder -> !folder.toString().isEmpty())
                    .ifPresent(folder -> models.put(task, folder));
        }
        return models;
    }

    private static Supplier<BatchingSettings> batching(SettingsSection section) {
        BatchingSettings usual = BatchingSettings.DEFAULT;
        Setting<Integer> maxRecords = section.integer("maxRecords", BatchingSettings.MAX_RECORDS);
        Setting<Integer> maxTokens = section.integer("maxTokens", BatchingSettings.MAX_TOKENS);
        Setting<Duration> maxWait = section.duration("maxWait", BatchingSettings.MAX_WAIT_MS);
        Setting<Integer> tokenBudget = section.integer("tokenBudget", BatchingSettings.TOKEN_BUDGET);
        return () -> new BatchingSettings(
                maxRecords.orElse(usual.maxRecords()),
                maxTokens.orElse(usual.maxTokens()),
                maxWait.orElse(usual.maxWait()),
                tokenBudget.orElse(usual.tokenBudget()));
    }

    private static Supplier<LimitSettings> limits(SettingsSection section) {
        Setting<Integer> maxChars = section.integer("maxChars", LimitSettings.MAX_CHARS);
        Setting<Integer> maxRecordBytes = section.integer("maxRecordBytes", LimitSettings.MAX_RECORD_BYTES);
        return () -> new LimitSettings(
                maxChars.orElse(LimitSettings.DEFAULT.maxChars()),
                maxRecordBytes.orElse(LimitSettings.DEFAULT.maxRecordBytes()));
    }
}
