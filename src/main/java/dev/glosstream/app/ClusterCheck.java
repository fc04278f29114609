package dev.glosstream.app;

import dev.glosstream.app.cluster.NewTopics;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.SourceSettings;
import dev.glosstream.config.SourceTopics;
import dev.glosstream.sequence.Task;
import dev.glosstream.topology.EnrichmentTopology;
import dev.glosstream.topology.RecordSizes;
import dev.glosstream.topology.StreamsProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Asks a cluster whether it is ready for a pipeline, and makes it so if wanted: a broker answers, the topics are there, the
 * output topics take records as large as the pipeline may write.
 *
 * <p>One thread. Every question is bounded in time; what is wrong is a {@link CommandException} that says what to do.
 */
final class ClusterCheck implements AutoCloseable {
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(15);
    private static final String BOOTSTRAP_SERVERS = AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG;

    private final PipelineSettings settings;
    private final String servers;
    private final Admin admin;

    private ClusterCheck(PipelineSettings settings, String servers, Admin admin) {
        this.settings = settings;
        this.servers = servers;
        this.admin = admin;
    }

    /**
     * Connects to the cluster of the settings.
     *
     * @throws CommandException if no broker answers in time
     */
    static ClusterCheck connect(PipelineSettings settings) {
        String servers = settings.kafka().get(BOOTSTRAP_SERVERS);
        if (servers == null) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "kafka.bootstrap.servers: expected host:port, got nothing; set it in the pipeline file or by --set");
        }
        ClusterCheck check;
        try {
            check = new ClusterCheck(settings, servers, Admin.create(properties(settings)));
        } catch (KafkaException e) {
            throw unreachable(servers, root(e));
        }
        try {
            check.get(check.admin.describeCluster().nodes());
        } catch (RuntimeException e) {
            check.close();
            throw e;
        }
        return check;
    }

    private static Map<String, Object> properties(PipelineSettings settings) {
        Map<String, Object> properties = new LinkedHashMap<>(settings.kafka());
        settings.kafka().forEach((name, value) -> {
            if (name.startsWith("admin.")) {
                properties.put(name.substring("admin.".length()), value);
            }
        });
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(LONGEST_ANSWER.toMillis()));
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(LONGEST_ANSWER.toMillis() / 2));
        return properties;
    }

    /** Returns the topics that the pipeline reads by name, and those that it writes. */
    static List<String> topicsOf(PipelineSettings settings) {
        List<String> topics = new ArrayList<>();
        settings.sources().forEach(source -> topics.addAll(source.topics().names()));
        topics.addAll(outputsOf(settings));
        return topics;
    }

    private static List<String> outputsOf(PipelineSettings settings) {
        List<String> topics = new ArrayList<>(settings.topics().outputs());
        if (!settings.tasksAlone().contains(Task.SENTIMENT)) {
            topics.remove(settings.topics().sentiment());
        }
        if (!settings.tasksAlone().contains(Task.ENTITIES)) {
            topics.remove(settings.topics().entities());
        }
        return topics;
    }

    /**
     * Creates those topics of the pipeline that are missing, with as many replicas as the cluster does by default, and waits
     * until they can be written.
     *
     * @param partitions of each
     * @return their names
     */
    List<String> createMissing(int partitions) {
        List<String> missing = missing();
        // The input topic too: a record beyond the limit is to be refused by the pipeline, with a reason.
        String largest = Integer.toString(RecordSizes.largestOutputBytes(settings.limits()));
        List<NewTopic> topics = missing.stream()
                .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty())
                        .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, largest)))
                .toList();
        for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
            try {
                get(created);
            } catch (CommandException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        return ask(() -> {
            NewTopics.awaitLeaders(admin, missing, LONGEST_ANSWER);
            return missing;
        });
    }

    /** Requires that all topics are there. */
    void requireTopics(int partitions) {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new CommandException(
                    ExitCode.KAFKA,
                    "topics: expected " + String.join(", ", topicsOf(settings)) + " on " + servers + ", missing "
                            + String.join(", ", missing) + "; start with --create-topics, or: for t in "
                            + String.join(" ", missing) + "; do kafka-topics.sh --bootstrap-server " + servers
                            + " --create --topic $t --partitions " + partitions + " --config max.message.bytes="
                            + RecordSizes.largestOutputBytes(settings.limits()) + "; done");
        }
    }

    /** Returns the sources whose pattern matches no topic. */
    List<SourceTopics> withoutTopics() {
        Set<String> there = get(admin.listTopics().names());
        return settings.sources().stream()
                .map(SourceSettings::topics)
                .filter(topics -> !topics.pattern().isEmpty() && there.stream().noneMatch(topics::contain))
                .toList();
    }

    /** Requires that a pipeline has been here: all its topics are there. */
    void requirePipeline() {
        List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new CommandException(
                    ExitCode.KAFKA,
                    "topics: expected those of a pipeline on " + servers + ", missing " + String.join(", ", missing)
                            + "; start it first: glosstream run --create-topics");
        }
    }

    private List<String> missing() {
        Set<String> there = get(admin.listTopics().names());
        return topicsOf(settings).stream()
                .filter(topic -> !there.contains(topic))
                .toList();
    }

    /**
     * Returns the settings with {@code limits.maxRecordBytes} lowered to what the producers send and the output topics and the
     * changelog take, if that is less than the limit promises: a result that is refused would stop the pipeline for ever.
     *
     * @throws CommandException if an output topic is too small for any record
     * @throws dev.glosstream.config.ConfigException if a producer is
     */
    PipelineSettings fitted() {
        List<String> written = new ArrayList<>(outputsOf(settings));
        // Kafka Streams sizes the changelog when it creates it, and never again.
        String changelog = EnrichmentTopology.changelogTopic(settings);
        if (get(admin.listTopics(new ListTopicsOptions().listInternal(true)).names())
                .contains(changelog)) {
            written.add(changelog);
        }
        Map<String, Integer> sizes = messageBytes(written);
        sizes.put("", StreamsProperties.largestRequestBytes(settings));
        Map.Entry<String, Integer> smallest = Collections.min(sizes.entrySet(), Map.Entry.comparingByValue());
        int admitted = RecordSizes.largestInputBytes(smallest.getValue());
        LimitSettings limits = settings.limits();
        if (admitted >= limits.maxRecordBytes()) {
            return settings;
        }
        if (admitted < LimitSettings.MAX_RECORD_BYTES.least()) {
            throw new CommandException(
                    ExitCode.KAFKA,
                    "topic '" + smallest.getKey() + "': expected max.message.bytes of at least "
                            + RecordSizes.largestOutputBytes(limits) + " (twice limits.maxRecordBytes, and some), got "
                            + smallest.getValue() + "; kafka-configs.sh --bootstrap-server " + servers
                            + " --alter --entity-type topics --entity-name " + smallest.getKey()
                            + " --add-config max.message.bytes=" + RecordSizes.largestOutputBytes(limits));
        }
        return settings.withLimits(new LimitSettings(limits.maxChars(), admitted));
    }

    /** Returns the largest record of each topic; not every service that speaks Kafka's protocol tells it. */
    private Map<String, Integer> messageBytes(Collection<String> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                .toList();
        Map<ConfigResource, Config> configs =
                get(admin.describeConfigs(resources).all());
        Map<String, Integer> bytes = new LinkedHashMap<>();
        configs.forEach((resource, config) -> {
            ConfigEntry largest = config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            if (largest != null && largest.value() != null) {
                bytes.put(resource.name(), Integer.valueOf(largest.value()));
            }
        });
        return bytes;
    }

    private <T> T get(KafkaFuture<T> future) {
        return ask(() -> future.get(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** What is asked of the cluster. */
    private interface Question<T> {
        T answer() throws InterruptedException, ExecutionException, TimeoutException;
    }

    private <T> T ask(Question<T> question) {
        try {
            return question.answer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.FAILED, "interrupted while asking " + servers, e);
        } catch (TimeoutException e) {
            throw unreachable(servers, e);
        } catch (ExecutionException e) {
            Throwable cause = root(e);
            if (cause instanceof org.apache.kafka.common.errors.TimeoutException) {
                throw unreachable(servers, cause);
            }
            throw new CommandException(
                    ExitCode.KAFKA, "kafka '" + servers + "': expected an answer, got " + cause.getMessage(), cause);
        }
    }

    private static CommandException unreachable(String servers, Throwable cause) {
        return new CommandException(
                ExitCode.KAFKA,
                "kafka '" + servers + "': expected a broker to answer within " + LONGEST_ANSWER.toSeconds() + " s, got "
                        + (cause.getMessage() == null ? "none" : cause.getMessage())
                        + "; start it, or set kafka.bootstrap.servers (or KAFKA_BOOTSTRAP_SERVERS)",
                cause);
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** Ends the connection. */
    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
