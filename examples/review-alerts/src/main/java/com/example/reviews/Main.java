package com.example.reviews;

import dev.glosstream.enricher.EnricherSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** Runs the topology against the brokers and the models that the arguments name. */
public final class Main {
    private Main() {}

    /** Runs until it is told to end. Arguments: brokers, folder of the model bundles. */
    public static void main(String[] args) throws InterruptedException {
        Path models = Path.of(args[1]);
        EnricherSettings settings = EnricherSettings.of(
                        "reviews", models.resolve("sentiment-en"), models.resolve("entities-en"))
                .withMaxWait(Duration.ofMillis(50));

        KafkaStreams streams = new KafkaStreams(ReviewAlerts.topology(settings), properties(args[0]));
        CountDownLatch ended = new CountDownLatch(1);
        streams.setStateListener((state, before) -> {
            if (state.hasCompletedShutdown()) {
                ended.countDown();
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        streams.start();
        ended.await();
    }

    private static Properties properties(String brokers) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "review-alerts");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        // Timers fire between two polls: no longer than the longest wait of a review.
        properties.put(StreamsConfig.POLL_MS_CONFIG, 50);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 2);
        return properties;
    }
}
