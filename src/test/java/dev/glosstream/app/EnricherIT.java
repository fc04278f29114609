package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.Glosstream;
import dev.glosstream.app.cluster.NewTopics;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.enricher.Enriched;
import dev.glosstream.enricher.EnricherSettings;
import dev.glosstream.pipeline.ModelFaultException;
import dev.glosstream.testkit.RuleModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An enricher in a user's own application, on a real broker under exactly-once: closed, broken and started again. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class EnricherIT {
    private static final int PARTITIONS = 2;
    private static final int EVENTS = 2_000;
    private static final int EVERY_BLANK = 50;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private RuleModels models;
    private EnricherSettings settings;
    private EmbeddedBroker broker;
    private Admin admin;
    private KafkaProducer<String, String> producer;
    private TopicReader outputs;
    private int lives;
    private int sent;

    @BeforeEach
    void start() throws Exception {
        models = RuleModels.in(folder.resolve("models")).sentiment("positive", "good");
        settings = EnricherSettings.of("texts", models.models());
        broker = EmbeddedBroker.start(8 << 20);
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        admin = Admin.create(client);
        NewTopics.create(
                admin,
                List.of(new NewTopic("texts", PARTITIONS, (short) 1), new NewTopic("labelled", PARTITIONS, (short) 1)));
        producer = new KafkaProducer<>(client, new StringSerializer(), new StringSerializer());
        outputs = new TopicReader(broker.bootstrapServers(), List.of("labelled"));
    }

    @AfterEach
    void stop() {
        outputs.close();
        producer.close(Duration.ZERO);
        admin.close();
        broker.close();
    }

    /** One life of the application, from its start to its end, sound or not. */
    private final class Life implements AutoCloseable {
        private final KafkaStreams streams;
        private final CompletableFuture<Throwable> fault = new CompletableFuture<>();

        Life(Duration maxWait, Function<String, String> downstream) {
            this(topology(maxWait, downstream));
        }

        Life(Topology topology) {
            streams = new KafkaStreams(topology, properties());
            streams.setUncaughtExceptionHandler(thrown -> {
                fault.complete(thrown);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
        }

        @Override
        public void close() {
            streams.close(LONG);
            assertThat(settings.models().users()).isZero();
            assertThat(models.openScorers()).isZero();
        }
    }

    private Topology topology(Duration maxWait, Function<String, String> downstream) {
        EnricherSettings waiting = settings.withBatching(new BatchingSettings(100, 100_000, maxWait, 1024));
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("texts", Consumed.with(Serdes.String(), Serdes.String()))
                .process(Glosstream.enricher(waiting, Serdes.String(), Serdes.String(), text -> text))
                .mapValues(enriched -> enriched.isRejected() ? "rejected" : downstream.apply("labelled"))
                .to("labelled", Produced.with(Serdes.String(), Serdes.String()));
        return builder.build();
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "application");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, PARTITIONS);
        properties.put(StreamsConfig.POLL_MS_CONFIG, 20);
        // A new folder for each life, as on a new machine: what waits comes back from the changelog alone.
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG,
                folder.resolve("state-" + lives++).toString());
        properties.put("auto.offset.reset", "earliest");
        // Whoever broke is missed sooner than by default.
        properties.put("session.timeout.ms", 3000);
        properties.put("heartbeat.interval.ms", 500);
        return properties;
    }

    @Test
    void shouldLoseAndRepeatNothing() throws Exception {
        // Closed while records wait whose offsets are committed.
        send(50);
        try (Life waiting = new Life(Duration.ofMinutes(1), Function.identity())) {
            outputs.readUntil(LONG, () -> consumed() == sent);
            assertThat(waiting.fault).isNotDone();
        }
        outputs.readToEnd();
        assertThat(outputs.count("labelled")).isZero();

        // Broken by the model, while it labels what was restored.
        models.breakDown();
        try (Life broken = new Life(Duration.ofMillis(20), Function.identity())) {
            assertThat(broken.fault.get(60, TimeUnit.SECONDS)).hasRootCauseMessage("broken down");
            assertThat(broken.fault.get()).hasStackTraceContaining(ModelFaultException.class.getName());
        }
        models.repair();

        // Broken by whoever comes next, between two results of one window.
        send(EVENTS - sent);
        AtomicInteger seen = new AtomicInteger();
        try (Life broken = new Life(Duration.ofMillis(20), value -> failingAt(value, seen.incrementAndGet()))) {
            assertThat(broken.fault.get(60, TimeUnit.SECONDS)).hasRootCauseMessage("planted fault");
        }

        try (Life sound = new Life(Duration.ofMillis(20), Function.identity())) {
            outputs.readUntil(LONG, () -> outputs.count("labelled") >= EVENTS);
            assertThat(sound.fault).isNotDone();
        }
        outputs.readToEnd();
        assertThat(keys()).hasSize(EVENTS).doesNotHaveDuplicates();
        assertThat(rejected()).isEqualTo(EVENTS / EVERY_BLANK);
        assertOrderKept();
    }

    @Test
    void shouldReleaseTheModelsOfEveryEnricherIfOneCannotStart() throws Exception {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("texts", Consumed.with(Serdes.String(), Serdes.String()))
                .process(Glosstream.enricher(settings, Serdes.String(), Serdes.String(), text -> text))
                // The application has no default serdes.
                .process(Glosstream.<String, Enriched<String>>enricher(
                        settings.withName("again"), enriched -> enriched.value()))
                .mapValues(enriched -> "labelled")
                .to("labelled", Produced.with(Serdes.String(), Serdes.String()));

        try (Life broken = new Life(builder.build())) {
            assertThat(broken.fault.get(60, TimeUnit.SECONDS))
                    .hasStackTraceContaining("DEFAULT_KEY_SERDE_CLASS_CONFIG");
        }
    }

    @Test
    void shouldGoOnBehindKeysAndHeadersThatNoProducerOfItsSends() throws Exception {
        byte[] large = new byte[2 << 20];
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, Enriched<String>> labelled = builder.stream(
                        "texts", Consumed.with(Serdes.String(), Serdes.String()))
                .process(Glosstream.enricher(settings, Serdes.String(), Serdes.String(), text -> text));
        labelled.filterNot((key, enriched) -> enriched.isRejected())
                .mapValues(enriched -> "labelled")
                .to("labelled", Produced.with(Serdes.String(), Serdes.String()));
        labelled.process(Glosstream.deadLetters(Serdes.String(), Serdes.String()))
                .to("letters", Produced.with(Serdes.String(), Serdes.ByteArray()));
        NewTopics.create(admin, List.of(new NewTopic("letters", 1, (short) 1)));

        try (KafkaProducer<String, String> largest = new KafkaProducer<>(
                        Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", 4 << 20),
                        new StringSerializer(),
                        new StringSerializer());
                Life life = new Life(builder.build());
                TopicReader letters = new TopicReader(broker.bootstrapServers(), List.of("letters"))) {
            for (ProducerRecord<String, String> record : List.of(
                    new ProducerRecord<>("texts", 0, "1", "good"),
                    new ProducerRecord<>("texts", 0, new String(large, StandardCharsets.US_ASCII), "good"),
                    new ProducerRecord<>("texts", 0, "2", "good", new RecordHeaders().add("h", large)),
                    new ProducerRecord<>("texts", 0, "3", "good"))) {
                largest.send(record).get();
            }
            outputs.readUntil(LONG, () -> outputs.count("labelled") == 2);
            letters.readToEnd();

            assertThat(keys()).containsExactly("1", "3");
            assertThat(letters.of("letters")).extracting(ConsumerRecord::key).containsExactly(null, new byte[] {'2'});
            assertThat(life.fault).isNotDone();
        }
    }

    private static String failingAt(String value, int count) {
        if (count == EVENTS / 2) {
            throw new IllegalStateException("planted fault");
        }
        return value;
    }

    private void send(int count) throws Exception {
        List<Future<RecordMetadata>> sending = new ArrayList<>();
        for (int number = sent; number < sent + count; number++) {
            String text = number % EVERY_BLANK == 0 ? " " : "good " + number;
            sending.add(
                    producer.send(new ProducerRecord<>("texts", number % PARTITIONS, Integer.toString(number), text)));
        }
        sent += count;
        for (Future<RecordMetadata> future : sending) {
            future.get();
        }
    }

    private long consumed() {
        try {
            return admin.listConsumerGroupOffsets("application").partitionsToOffsetAndMetadata().get().values().stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        } catch (Exception noSuchGroupYet) {
            return 0;
        }
    }

    private List<String> keys() {
        return outputs.of("labelled").stream().map(EnricherIT::key).toList();
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private long rejected() {
        return outputs.of("labelled").stream()
                .filter(record -> new String(record.value(), StandardCharsets.UTF_8).equals("rejected"))
                .count();
    }

    /** The events of one input partition stand in the order of their numbers, in whichever partition they ended. */
    private void assertOrderKept() {
        Map<List<Integer>, Integer> last = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : outputs.of("labelled")) {
            int number = Integer.parseInt(key(record));
            Integer before = last.put(List.of(number % PARTITIONS, record.partition()), number);
            assertThat(before == null || before < number)
                    .as("%s comes after %s", number, before)
                    .isTrue();
        }
    }
}
