package dev.glosstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.window.ModelRest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test labels on a thread of its own, which has committed nothing yet. */
class RestingConsumerTest {
    /** Long enough that a slow machine looks while the models still rest. */
    private static final Duration WAIT = Duration.ofSeconds(4);

    private ProcessorLives lives;

    @BeforeEach
    void setUp(@TempDir Path folder) {
        lives = new ProcessorLives(folder);
    }

    private static void onAThread(Runnable test) {
        CompletableFuture.runAsync(test, command -> new Thread(command).start()).join();
    }

    /** Labels a window, and then does something. */
    private void afterLabels(PipelineSettings settings, Runnable then) {
        try (PipelineDriver driver = new PipelineDriver(settings, lives.models)) {
            for (String id : List.of("a", "b", "c", "d")) {
                driver.send(id, "good");
            }
            then.run();
        }
    }

    private PipelineSettings waiting(Duration maxWait) {
        return PipelineDriver.settings(lives.models, new BatchingSettings(4, 100, maxWait, 64));
    }

    private static Consumer<byte[], byte[]> consumer(StreamsClients clients) {
        Consumer<byte[], byte[]> consumer = clients.getConsumer(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1", ConsumerConfig.CLIENT_ID_CONFIG, "t-consumer"));
        consumer.assign(List.of(new TopicPartition("text-events", 0)));
        return consumer;
    }

    @Test
    void shouldNotAskWhileTheModelsRest() {
        try (Consumer<byte[], byte[]> consumer = consumer(new StreamsClients())) {
            onAThread(() -> afterLabels(waiting(WAIT), () -> {
                long restNanos = ModelRest.nanosOfThisThread();
                assertThat(restNanos).isPositive().isLessThan(WAIT.toNanos());
                assertThat(consumer.poll(WAIT)).isEmpty();
                assertThat(ModelRest.nanosOfThisThread()).as("it is over").isZero();
            }));
        }
    }

    @Test
    void shouldRestNoLongerThanItMayWaitForRecords() {
        try (Consumer<byte[], byte[]> consumer = consumer(new StreamsClients())) {
            onAThread(() -> afterLabels(waiting(Duration.ofMinutes(1)), () -> {
                assertThat(consumer.poll(Duration.ofMillis(1))).isEmpty();
                assertThat(ModelRest.nanosOfThisThread())
                        .as("timers and commits come between two polls")
                        .isPositive();
            }));
        }
    }

    @Test
    void shouldAskAllTheTimeIfCommitsComeByAnInterval() {
        PipelineSettings settings = lives.withKafka(Map.of(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, "50"));

        onAThread(() -> afterLabels(
                settings, () -> assertThat(ModelRest.nanosOfThisThread()).isZero()));
    }
}
