package dev.glosstream.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/**
 * How many records each assigned partition of the input has that this instance has not read yet, as the consumers of Kafka
 * Streams saw it at their last fetch.
 *
 * <p>The partitions of an instance change, so the series are made anew at each {@link #refresh}. Any thread.
 */
final class ConsumerLag {
    private static final String METRIC = "records-lag";
    private static final String GROUP = "consumer-fetch-manager-metrics";
    private static final String RESTORE = "-restore-consumer";

    private final KafkaStreams streams;
    private final MultiGauge gauges;

    ConsumerLag(KafkaStreams streams, MeterRegistry registry) {
        this.streams = streams;
        this.gauges = MultiGauge.builder("glosstream.consumer.lag")
                .description("Records of an input partition that are not read yet, as of the last fetch.")
                .baseUnit("records")
                .register(registry);
    }

    /** Looks at the consumers again. */
    synchronized void refresh() {
        List<MultiGauge.Row<?>> rows = streams.metrics().entrySet().stream()
                .filter(entry -> isLag(entry.getKey()))
                .flatMap(entry -> row(entry.getKey(), entry.getValue()).stream())
                .toList();
        gauges.register(rows, true);
    }

    private static boolean isLag(MetricName name) {
        Map<String, String> tags = name.tags();
        return name.name().equals(METRIC)
                && name.group().equals(GROUP)
                && tags.containsKey("partition")
                && !tags.getOrDefault("client-id", "").endsWith(RESTORE);
    }

    private static Optional<MultiGauge.Row<?>> row(MetricName name, Metric metric) {
        Tags tags = Tags.of(
                "topic",
                name.tags().getOrDefault("topic", ""),
                "partition",
                name.tags().getOrDefault("partition", ""));
        // Kafka says NaN of a partition that it has not fetched from.
        return metric.metricValue() instanceof Double lag && !lag.isNaN()
                ? Optional.of(MultiGauge.Row.of(tags, lag))
                : Optional.empty();
    }
}
