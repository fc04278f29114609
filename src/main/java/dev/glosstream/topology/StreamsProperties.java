package dev.glosstream.topology;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.window.DurableWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The properties of Kafka Streams for a pipeline.
 *
 * <p>Precedence: what the pipeline owns, then the user's {@code kafka} settings, then the defaults of the pipeline, then
 * those of Kafka. An owned property among the user's is refused.
 */
public final class StreamsProperties {
    private static final int DEFAULT_POLL_MS = 100;
    private static final long DEFAULT_BUFFER_BYTES = 32L << 20;

    /** Owned property → the setting to use instead, or why it is fixed. */
    private static final Map<String, String> OWNED = Map.of(
            StreamsConfig.APPLICATION_ID_CONFIG,
            "set applicationId",
            StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
            "set guarantee",
            StreamsConfig.NUM_STREAM_THREADS_CONFIG,
            "set threads",
            StreamsConfig.POLL_MS_CONFIG,
            "follows batching.maxWait",
            StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
            "going on after a fault would lose records",
            StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
            "going on after a fault would lose records",
            // The older name of the same, deprecated in Kafka.
            "default.production.exception.handler",
            "going on after a fault would lose records");

    private StreamsProperties() {}

    /**
     * Returns the properties of a pipeline. {@code bootstrap.servers} is among them only if the user's settings name it.
     *
     * @throws ConfigException naming every property of the user's settings that the pipeline owns, or whose value Kafka
     *     does not take
     */
    public static Properties of(PipelineSettings settings) {
        requireRight(settings.kafka());
        Properties properties = new Properties();
        defaults(settings).forEach((name, value) -> {
            // A client's property may be set with or without its prefix; with it, ours would win over the user's.
            String plain = name.replaceFirst("^" + StreamsConfig.PRODUCER_PREFIX, "");
            if (!settings.kafka().containsKey(plain)) {
                properties.put(name, value);
            }
        });
        // Who names an interval wants no commits between.
        if (!settings.kafka().containsKey(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG)) {
            properties.put(DurableWindow.COMMITS_AFTER_LABELS, true);
        }
        properties.putAll(settings.kafka());
        properties.putAll(owned(settings));
        return properties;
    }

    /**
     * Returns the largest record that the producers of a pipeline send, in bytes: less than {@link
     * RecordSizes#largestOutputBytes} if the user's {@code kafka} settings name a smaller {@code max.request.size} or {@code
     * buffer.memory}.
     *
     * @throws ConfigException if that is too small for the outputs of any record
     */
    public static int largestRequestBytes(PipelineSettings settings) {
        long largest = RecordSizes.largestOutputBytes(settings.limits());
        for (String name : List.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, ProducerConfig.BUFFER_MEMORY_CONFIG)) {
            String plain = settings.kafka().get(name);
            String bytes = settings.kafka().getOrDefault(StreamsConfig.producerPrefix(name), plain);
            if (bytes != null) {
                largest = Math.min(largest, requireRoom(name, number(bytes)));
            }
        }
        return (int) largest;
    }

    private static long requireRoom(String name, long bytes) {
        int least = RecordSizes.largestOutputBytes(new LimitSettings(1, (int) LimitSettings.MAX_RECORD_BYTES.least()));
        if (bytes < least) {
            throw new ConfigException(List.of(
                    "kafka." + name + ": expected at least " + least + ", got " + bytes + "; raise or remove it"));
        }
        return bytes;
    }

    /** What is no number is left to Kafka, which says so. */
    private static long number(String value) {
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static Map<String, String> owned(PipelineSettings settings) {
        // A wall-clock timer fires only between two polls, so a poll must not block for as long as a record may wait.
        long pollMs = Math.min(DEFAULT_POLL_MS, settings.batching().maxWait().toMillis() / 2);
        return Map.of(
                StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId(),
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG, settings.guarantee().code(),
                StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.toString(settings.threads()),
                StreamsConfig.POLL_MS_CONFIG, Long.toString(Math.max(1, pollMs)));
    }

    private static Map<String, String> defaults(PipelineSettings settings) {
        long largest = RecordSizes.largestOutputBytes(settings.limits());
        return Map.of(
                StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG,
                "true",
                // Enough for the flags by which windows hear of commits; nothing else is cached.
                StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
                Integer.toString(1 << 20),
                // Windows and dead letters ask for commits. This is for what they may have missed: each commit between
                // writes what waits into the changelog.
                StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
                "1000",
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                Long.toString(largest),
                StreamsConfig.producerPrefix(ProducerConfig.BUFFER_MEMORY_CONFIG),
                Long.toString(Math.max(DEFAULT_BUFFER_BYTES, 2 * largest)),
                // How long the first write of a transaction waits if the broker is still ending the one before and says
                // so: 100
                // ms by default. It doubles each time, so a broker that is away is not asked more often for long.
                StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG),
                "5",
                // Text shrinks well, and the changelog carries every record once more.
                StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG),
                "lz4");
    }

    /**
     * Returns what is wrong with a property of the user's {@code kafka} settings, {@code expected …, got …; what to do}: the
     * pipeline owns it, or its value is none that Kafka takes. Empty if nothing is, or Kafka does not know the property.
     */
    public static Optional<String> mistake(String name, String value) {
        String instead = OWNED.get(name);
        return instead == null
                ? KafkaProperty.named(name).flatMap(property -> property.mistake(value))
                : Optional.of("expected none, the pipeline owns it (" + instead + "), got '" + value + "'; remove it");
    }

    private static void requireRight(Map<String, String> kafka) {
        List<String> mistakes = new ArrayList<>();
        new TreeMap<>(kafka).forEach((name, value) -> mistake(name, value)
                .ifPresent(what -> mistakes.add("kafka." + name + ": " + what)));
        if (!mistakes.isEmpty()) {
            throw new ConfigException(mistakes);
        }
    }
}
