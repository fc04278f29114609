package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.app.cluster.NewTopics;
import dev.glosstream.avro.DeadLetter;
import dev.glosstream.avro.EnrichedEvent;
import dev.glosstream.avro.EntityLabels;
import dev.glosstream.avro.SentimentLabel;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.ingest.GeneratedRecords;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What exactly-once promises: the pipeline in a JVM of its own, killed again and again. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CrashIT {
    private static final int EVENTS = 20_000;
    private static final int PARTITIONS = 2;
    private static final int WINDOW = 300;
    private static final int EVERY_BROKEN = 97;
    private static final List<String> OUTPUTS =
            List.of("enriched-events", "sentiment-labels", "entity-labels", "dead-letters");
    private static final Duration LONG = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private KafkaProducer<byte[], byte[]> producer;
    private Admin admin;
    private TopicReader outputs;
    private final TextEventBytes events = new TextEventBytes();
    private int sent;

    @BeforeEach
    void startBroker() throws Exception {
        TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        TinyBundles.write(folder.resolve("entities"), Task.ENTITIES);
        broker = EmbeddedBroker.start(8 << 20);
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        admin = Admin.create(client);
        List<NewTopic> topics = new ArrayList<>();
        topics.add(new NewTopic("text-events", PARTITIONS, (short) 1));
        OUTPUTS.forEach(topic -> topics.add(new NewTopic(topic, PARTITIONS, (short) 1)));
        NewTopics.create(admin, topics);
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        outputs = new TopicReader(broker.bootstrapServers(), OUTPUTS);
    }

    @AfterEach
    void stopBroker() {
        outputs.close();
        producer.close(Duration.ZERO);
        admin.close();
        broker.close();
    }

    @Test
    void shouldShowEveryEventExactlyOnceThoughKilledAgainAndAgain() throws Exception {
        // Killed while records wait in windows that are far from full, and their offsets are committed already.
        for (int round = 1; round <= 2; round++) {
            try (GlosstreamProcess pipeline = start("1m")) {
                send(EVENTS / 10 + 1);
                awaitOnlyWaitingRecordsLeft();
                pipeline.kill();
            }
        }
        // Killed in full flow.
        send(EVENTS - sent);
        for (int fifth = 2; fifth <= 4; fifth++) {
            int enough = EVENTS * fifth / 5;
            try (GlosstreamProcess pipeline = start("1m")) {
                outputs.readUntil(LONG, () -> answered() >= enough);
                pipeline.kill();
            }
        }
        try (GlosstreamProcess pipeline = start("20ms")) {
            outputs.readUntil(LONG, () -> answered() >= EVENTS);
            pipeline.terminate();
            assertThat(pipeline.awaitExit()).isEqualTo(143);
        }
        outputs.readToEnd();

        assertThat(enrichedIds()).doesNotHaveDuplicates();
        assertThat(deadLetterPlaces()).doesNotHaveDuplicates().hasSize(brokenOf(EVENTS));
        assertThat(enrichedIds()).hasSize(EVENTS - brokenOf(EVENTS));
        assertThat(sentimentIds()).containsExactlyInAnyOrderElementsOf(enrichedIds());
        assertThat(entityIds()).containsExactlyInAnyOrderElementsOf(enrichedIds());
        assertOrderKept();
    }

    private GlosstreamProcess start(String maxWait) throws IOException {
        return GlosstreamProcess.start(
                Map.of("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers()),
                List.of(
                        "run",
                        "--set=models.sentiment=" + folder.resolve("sentiment"),
                        "--set=models.entities=" + folder.resolve("entities"),
                        "--set=batching.maxRecords=" + WINDOW,
                        "--set=batching.maxWait=" + maxWait,
                        "--set=limits.maxRecordBytes=100000",
                        "--set=kafka.state.dir=" + folder.resolve("state"),
                        // The dead are missed sooner than by default: the test need not wait so long.
                        "--set=kafka.session.timeout.ms=3000",
                        "--set=kafka.heartbeat.interval.ms=500",
                        "--set=kafka.producer.transaction.timeout.ms=5000"));
    }

    private void send(int count) throws Exception {
        List<Future<RecordMetadata>> sending = new ArrayList<>();
        for (int number = sent; number < sent + count; number++) {
            DemoRecord record = events.record("event-" + number, "Anna works in paris and is not bad " + number + " !");
            byte[] value = number % EVERY_BROKEN == 0 ? new byte[] {1, 2, 3} : record.value();
            sending.add(producer.send(new ProducerRecord<>("text-events", number % PARTITIONS, record.key(), value)));
        }
        sent += count;
        for (Future<RecordMetadata> future : sending) {
            future.get();
        }
    }

    private static int brokenOf(int count) {
        return (int) IntStream.range(0, count)
                .filter(number -> number % EVERY_BROKEN == 0)
                .count();
    }

    private long answered() {
        return outputs.count("enriched-events", "dead-letters");
    }

    /** Everything sent is consumed for good, and yet fewer results are there: the rest waits in the changelog. */
    private void awaitOnlyWaitingRecordsLeft() {
        outputs.readUntil(LONG, () -> answered() > sent - PARTITIONS * WINDOW && consumed() == sent);
        assertThat(answered()).isLessThan(sent);
    }

    private long consumed() {
        try {
            Map<?, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets("glosstream")
                    .partitionsToOffsetAndMetadata()
                    .get();
            return offsets.values().stream()
                    .flatMap(offset -> Optional.ofNullable(offset).stream())
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        } catch (Exception noSuchGroupYet) {
            return 0;
        }
    }

    private List<String> enrichedIds() throws IOException {
        return ids("enriched-events");
    }

    private List<String> ids(String topic) throws IOException {
        var decoder = GeneratedRecords.decoder(EnrichedEvent.class);
        List<String> ids = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : outputs.of(topic)) {
            ids.add(decoder.decode(record.value()).getEvent().getId());
        }
        return ids;
    }

    private List<String> sentimentIds() throws IOException {
        var decoder = GeneratedRecords.decoder(SentimentLabel.class);
        List<String> ids = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : outputs.of("sentiment-labels")) {
            ids.add(decoder.decode(record.value()).getId());
        }
        return ids;
    }

    private List<String> entityIds() throws IOException {
        var decoder = GeneratedRecords.decoder(EntityLabels.class);
        List<String> ids = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : outputs.of("entity-labels")) {
            ids.add(decoder.decode(record.value()).getId());
        }
        return ids;
    }

    private List<RecordPlace> deadLetterPlaces() throws IOException {
        var decoder = GeneratedRecords.decoder(DeadLetter.class);
        List<RecordPlace> places = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : outputs.of("dead-letters")) {
            DeadLetter letter = decoder.decode(record.value());
            places.add(new RecordPlace(letter.getPartition(), letter.getOffset()));
        }
        return places;
    }

    /** The events of one input partition stand in the order of their numbers, in whichever partition they ended. */
    private void assertOrderKept() throws IOException {
        var decoder = GeneratedRecords.decoder(EnrichedEvent.class);
        Map<List<Integer>, Integer> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : outputs.of("enriched-events")) {
            String id = decoder.decode(record.value()).getEvent().getId();
            int number = Integer.parseInt(id.substring("event-".length()));
            Integer before = last.put(List.of(number % PARTITIONS, record.partition()), number);
            assertThat(before == null || before < number)
                    .as("%s comes after %s", id, before)
                    .isTrue();
        }
    }
}
