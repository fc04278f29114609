package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.observe.Observers;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the windows of a running pipeline know of a real broker's topics. */
class BacklogIT {
    private static final int WINDOW = 50;

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedBroker.start(8 << 20);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldFillEveryWindowUnderABacklogThoughNothingMayWait() throws Exception {
        List<Integer> windows = new CopyOnWriteArrayList<>();
        PipelineListener listener = new PipelineListener() {
            @Override
            public void windowClosed(int texts) {
                windows.add(texts);
            }
        };
        PipelineSettings settings = settings("backlog");
        try (ClusterCheck cluster = ClusterCheck.connect(settings)) {
            cluster.createMissing(1);
        }
        send("backlog-in", 20 * WINDOW + 7);

        try (OpenModels models = OpenModels.load(settings.models().values());
                TopicReader outputs = new TopicReader(broker.bootstrapServers(), List.of("backlog-out"));
                RunningPipeline pipeline = RunningPipeline.start(
                        settings, models.models(), Observers.of(listener), PipelineWatcher.NONE)) {
            outputs.readUntil(Duration.ofSeconds(60), () -> outputs.count("backlog-out") == 20 * WINDOW + 7);
            assertThat(pipeline.fault()).isEmpty();
        }

        assertThat(windows.subList(0, 20)).as("full windows").containsOnly(WINDOW);
        assertThat(windows.subList(20, windows.size()).stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(7);
    }

    private static void send(String topic, int count) {
        TextEventBytes events = new TextEventBytes();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            IntStream.range(0, count).forEach(index -> {
                DemoRecord record = events.record("event-" + index, "all good in Paris");
                Future<RecordMetadata> unused =
                        producer.send(new ProducerRecord<>(topic, record.key(), record.value()));
            });
        }
    }

    private static PipelineSettings settings(String name) {
        TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        return PipelineFile.read(
                Path.of("topology/enrichment.yaml"),
                Map.of(),
                SentimentPipeline.overrides(
                        name,
                        folder,
                        broker.bootstrapServers(),
                        // A window that did not know better would close with what came in a millisecond.
                        "batching.maxWait=1ms",
                        "batching.maxRecords=" + WINDOW,
                        "threads=1"));
    }
}
