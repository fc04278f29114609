package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.app.cluster.NewTopics;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import dev.glosstream.train.corpus.LabelMap;
import dev.glosstream.train.corpus.LabelledEvents;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Labelled events of a topic, on a real broker. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TrainFromTopicIT {
    private static EmbeddedBroker broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(1 << 20);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldReadWhatIsCommittedAndNothingElse() throws Exception {
        create("committed", 2);
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "t"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("committed", 1, "k", "{\"text\": \"fine\", \"label\": \"positive\"}"))
                    .get();
            producer.send(new ProducerRecord<>("committed", 0, "k", "{\"text\": \"poor\", \"label\": \"negative\"}"))
                    .get();
            producer.commitTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("committed", 0, "k", "{\"text\": \"no\", \"label\": \"negative\"}"))
                    .get();
            producer.abortTransaction();
        }

        assertThat(read("committed", Task.SENTIMENT, Set.of("positive", "negative"), false)
                        .examples())
                .extracting(CorpusExample::text)
                .containsExactly("poor", "fine");
    }

    @Test
    void shouldReadEntitiesAndTellBadEventsByTheirOffset() throws Exception {
        create("entities", 1);
        send(
                "entities",
                "{\"text\": \"Ann left\", \"entities\": [{\"start\": 0, \"end\": 3, \"type\": \"person\"}]}",
                "{\"text\": \"Ann\", \"entities\": [{\"start\": 0, \"end\": 9, \"type\": \"PER\"}]}",
                "secret words");

        assertThatThrownBy(() -> read("entities", Task.ENTITIES, Set.of("PER"), false))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("2 bad events in entities")
                .hasMessageContaining(
                        "entities-0 offset 1: expected entities with start and end within 0 to 3, got 0 to 9")
                .hasMessageContaining("entities-0 offset 2: expected a JSON object")
                .hasMessageNotContaining("secret");
        LabelledTopic.Events skipped = read("entities", Task.ENTITIES, Set.of("PER"), true);
        assertThat(skipped.problems()).hasSize(2);
        assertThat(skipped.examples()).singleElement().satisfies(example -> {
            assertThat(example.entities()).singleElement().satisfies(entity -> assertThat(entity.type())
                    .isEqualTo("PER"));
        });
    }

    @Test
    void shouldTrainFromATopic() throws Exception {
        create("reviews", 1);
        String[] events = new String[40];
        for (int index = 0; index < events.length; index++) {
            char first = (char) ('a' + index % 26);
            String word = (index % 2 == 0 ? "good" : "bad") + " " + first + "x" + index;
            events[index] =
                    "{\"text\": \"" + word + "\", \"label\": \"" + (index % 2 == 0 ? "positive" : "negative") + "\"}";
        }
        send("reviews", events);

        try (GlosstreamProcess training = GlosstreamProcess.start(
                Map.of(),
                List.of(
                        "train",
                        "sentiment",
                        "--from-topic",
                        "reviews",
                        "--bootstrap-servers",
                        broker.bootstrapServers(),
                        "--set",
                        "training.epochs=1",
                        "--out",
                        folder.resolve("bundle").toString()))) {
            assertThat(training.awaitExit()).as("%s", training.err()).isZero();
        }

        assertThat(folder.resolve("bundle/manifest.json")).content().contains("topic:reviews");
    }

    private static LabelledTopic.Events read(String topic, Task task, Set<String> labels, boolean skip) {
        return new LabelledTopic(Map.of("bootstrap.servers", broker.bootstrapServers()), skip)
                .read(topic, new LabelledEvents(task, LabelMap.of(Map.of(), labels)));
    }

    private static void create(String topic, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            NewTopics.create(admin, List.of(new NewTopic(topic, partitions, (short) 1)));
        }
    }

    private static void send(String topic, String... events) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (String event : events) {
                producer.send(new ProducerRecord<>(topic, event)).get();
            }
        }
    }
}
