package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.app.cluster.NewTopics;
import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.observe.Observers;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JSON of other people on a broker: topics by pattern, also later ones, labels appended, tombstones, a restart. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class YourEventsIT {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void shouldAppendToJsonOfTopicsThatAPatternFinds() throws Exception {
        TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        try (EmbeddedBroker broker = EmbeddedBroker.start(8 << 20)) {
            PipelineSettings settings = settings(broker.bootstrapServers());
            createTopic(broker, "reviews-eu");
            try (ClusterCheck cluster = ClusterCheck.connect(settings)) {
                assertThat(cluster.createMissing(1)).doesNotContain("reviews-eu", "text-events");
                assertThat(cluster.withoutTopics()).hasToString("[/reviews-none/]");
            }
            List<String> sent = new ArrayList<>();
            try (OpenModels models = OpenModels.load(settings.models().values());
                    TopicReader outputs = new TopicReader(
                            broker.bootstrapServers(),
                            List.of("enriched-events", "sentiment-labels", "dead-letters"))) {
                try (RunningPipeline pipeline = start(settings, models)) {
                    sent.add(send(broker, "reviews-eu", "a", "{\"review\": {\"body\": \"Good !\"}, \"price\": 1.0}"));
                    outputs.readUntil(LONGEST, () -> outputs.count("enriched-events") == 1);
                    assertThat(pipeline.fault()).isEmpty();
                }
                createTopic(broker, "reviews-us");
                sent.add(send(broker, "reviews-us", "b", "{\"review\": {\"body\": \"Bad .\"}, \"big\": 1e400 }\n"));
                send(broker, "reviews-us", "a", null);
                send(broker, "reviews-us", "c", "{\"review\": {}}");
                try (RunningPipeline pipeline = start(settings, models)) {
                    outputs.readUntil(LONGEST, () -> outputs.count("enriched-events", "dead-letters") == 4);
                    assertThat(pipeline.fault()).isEmpty();
                }
                outputs.readToEnd();
                assertAppended(outputs.of("enriched-events"), sent);
                assertThat(outputs.count("dead-letters")).isEqualTo(1);
                assertThat(outputs.count("sentiment-labels")).isEqualTo(3);
            }
        }
    }

    private static void assertAppended(List<ConsumerRecord<byte[], byte[]>> records, List<String> sent) {
        assertThat(records).hasSize(3);
        assertThat(records.get(2).value()).as("tombstone").isNull();
        for (int index = 0; index < sent.size(); index++) {
            String original = sent.get(index);
            int end = original.lastIndexOf('}');
            assertThat(records.get(index).value())
                    .asString(StandardCharsets.UTF_8)
                    .startsWith(original.substring(0, end) + ",\"nlp\":{\"sentiment\":{\"label\":")
                    .endsWith("}" + original.substring(end));
        }
    }

    private static RunningPipeline start(PipelineSettings settings, OpenModels models) throws InterruptedException {
        RunningPipeline pipeline =
                RunningPipeline.start(settings, models.models(), Observers.NONE, PipelineWatcher.NONE);
        assertThat(pipeline.awaitRunning(LONGEST)).isTrue();
        return pipeline;
    }

    private PipelineSettings settings(String servers) throws IOException {
        Path file = Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                applicationId: yours
                sources:
                  - {pattern: 'reviews-[a-z]{2}', format: json, text: review.body}
                  - {pattern: 'reviews-none', format: json, text: body}
                output: {mode: append}
                models: {sentiment: sentiment}
                kafka:
                  bootstrap.servers: %s
                  state.dir: %s
                  metadata.max.age.ms: 1000
                """
                        .formatted(servers, folder.resolve("state")));
        return PipelineFile.read(file, Map.of(), List.of());
    }

    private static void createTopic(EmbeddedBroker broker, String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            NewTopics.create(admin, List.of(new NewTopic(name, 1, (short) 1)));
        }
    }

    private static String send(EmbeddedBroker broker, String topic, String key, @Nullable String value)
            throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            byte[] bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), bytes))
                    .get();
        }
        return value == null ? "" : value;
    }
}
