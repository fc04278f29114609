package dev.glosstream.enricher;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an enricher needs of the properties of the application it runs in. */
final class ApplicationCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationCheck.class);
    /** What a kept record needs beside its own bytes: topic name, numbers, lengths. */
    private static final int OVERHEAD_BYTES = 32 << 10;

    private static final int DEFAULT_REQUEST_BYTES = 1 << 20;
    private static final int DEFAULT_POLL_MS = 100;

    private final EnricherSettings settings;

    ApplicationCheck(EnricherSettings settings) {
        this.settings = settings;
    }

    /**
     * Refuses an application whose producers cannot write what the limits admit; warns of one that makes records wait longer
     * than the settings say.
     *
     * @param properties of Kafka Streams
     */
    void require(Map<String, Object> properties) {
        long requestBytes = requestBytes(properties);
        long needed = (long) settings.limits().maxRecordBytes() + OVERHEAD_BYTES;
        if (requestBytes < needed) {
            throw new ConfigException(
                    "enricher '" + settings.name() + "': expected producer.max.request.size of at least "
                            + needed + " (limits.maxRecordBytes and some), got " + requestBytes
                            + "; raise it or lower the limit");
        }
        long pollMs = number(properties, StreamsConfig.POLL_MS_CONFIG, DEFAULT_POLL_MS);
        long waitMs = settings.batching().maxWait().toMillis();
        if (pollMs > Math.max(1, waitMs)) {
            LOG.warn(
                    "enricher '{}': expected poll.ms of at most {} (batching.maxWait), got {};"
                            + " without new records those that wait are labelled that late",
                    settings.name(),
                    Math.max(1, waitMs),
                    pollMs);
        }
    }

    /**
     * Returns the largest record that the producers of an application write, in bytes: one that exceeds their buffer is
     * refused as one that exceeds a request is.
     *
     * @param properties of Kafka Streams
     */
    static long requestBytes(Map<String, Object> properties) {
        return Math.min(
                ofProducer(properties, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DEFAULT_REQUEST_BYTES),
                ofProducer(properties, ProducerConfig.BUFFER_MEMORY_CONFIG, Long.MAX_VALUE));
    }

    private static long ofProducer(Map<String, Object> properties, String name, long otherwise) {
        return number(properties, StreamsConfig.producerPrefix(name), number(properties, name, otherwise));
    }

    private static long number(Map<String, Object> properties, String name, long otherwise) {
        @Nullable Object value = properties.get(name);
        return value == null ? otherwise : Long.parseLong(String.valueOf(value).trim());
    }
}
