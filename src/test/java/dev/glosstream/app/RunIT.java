package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.app.cluster.NewTopics;
import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.infer.InferenceException;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.observe.Observers;
import dev.glosstream.pipeline.ModelFaultException;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code glosstream run} against a broker: how it starts, refuses to, and ends. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class RunIT {
    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() {
        TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        broker = EmbeddedBroker.start(8 << 20);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldCreateTopicsLabelAndCloseInOrderOnSigterm() throws Exception {
        try (GlosstreamProcess run = run(broker.bootstrapServers(), "first", "--create-topics", "--partitions=2")) {
            run.awaitError("first is running");
            send("first-in", "Good !");
            try (TopicReader outputs = new TopicReader(broker.bootstrapServers(), List.of("first-out"))) {
                outputs.readUntil(Duration.ofSeconds(60), () -> outputs.count("first-out") == 1);
            }
            run.terminate();

            assertThat(run.awaitExit()).isEqualTo(143);
            assertThat(run.err())
                    .contains("glosstream: first is pending_shutdown", "glosstream: first is not_running")
                    .allSatisfy(line -> assertThat(line).startsWith("glosstream: "));
        }
    }

    @Test
    void shouldNameTheTopicsThatAreMissing() throws Exception {
        try (GlosstreamProcess run = run(broker.bootstrapServers(), "second")) {
            assertThat(run.awaitExit()).isEqualTo(ExitCode.KAFKA);
            assertThat(run.lastError())
                    .contains(
                            "missing second-in, second-out, second-sentiment, second-dead; start with --create-topics")
                    .doesNotContain("second-entities");
        }
    }

    @Test
    void shouldFitItsLimitToTopicsMadeWithDefaults() throws Exception {
        createTopics("third", "1048588");
        try (GlosstreamProcess run = run(broker.bootstrapServers(), "third")) {
            run.awaitError("third is running");
            assertThat(run.err()).anySatisfy(line -> assertThat(line).contains("limits.maxRecordBytes is 393222 here"));
        }
    }

    @Test
    void shouldGoOnBehindRecordsThatNoProducerOfItsSends() throws Exception {
        // Within limits.maxRecordBytes as it stands in the file.
        int large = 1_500_000;
        createTopics("eighth", "6000000");
        try (GlosstreamProcess run = run(broker.bootstrapServers(), "eighth", "--set=kafka.max.request.size=1048576")) {
            run.awaitError("eighth is running");
            DemoRecord sound = new TextEventBytes().record("1", "Good !");
            Headers one = new RecordHeaders().add("h", new byte[large]);
            Headers many = new RecordHeaders();
            IntStream.range(0, large / 10).forEach(number -> many.add("h", null));
            try (KafkaProducer<byte[], byte[]> producer = producer(6_000_000)) {
                for (ProducerRecord<byte[], byte[]> record : List.of(
                        new ProducerRecord<>("eighth-in", new byte[large], sound.value()),
                        new ProducerRecord<byte[], byte[]>("eighth-in", new byte[large], null),
                        new ProducerRecord<>("eighth-in", null, sound.key(), sound.value(), one),
                        new ProducerRecord<>("eighth-in", null, sound.key(), sound.value(), many),
                        new ProducerRecord<>("eighth-in", sound.key(), sound.value()))) {
                    producer.send(record).get();
                }
            }
            try (TopicReader outputs =
                    new TopicReader(broker.bootstrapServers(), List.of("eighth-out", "eighth-dead"))) {
                outputs.readUntil(Duration.ofSeconds(60), () -> outputs.count("eighth-out") == 1);
                outputs.readToEnd();
                assertThat(outputs.of("eighth-dead")).hasSize(4).allSatisfy(letter -> assertThat(letter.key())
                        .isNull());
            }
            assertThat(run.err()).anySatisfy(line -> assertThat(line).contains("limits.maxRecordBytes is 393216 here"));
        }
    }

    @Test
    void shouldNameATopicThatIsTooSmallForAnyRecord() throws Exception {
        createTopics("tiny", "2000");
        try (GlosstreamProcess run = run(broker.bootstrapServers(), "tiny")) {
            assertThat(run.awaitExit()).isEqualTo(ExitCode.KAFKA);
            assertThat(run.lastError()).contains("topic 'tiny-out'", "got 2000");
        }
    }

    private static void createTopics(String name, String outputBytes) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<NewTopic> topics = new ArrayList<>();
            for (String role : List.of("in", "out", "sentiment", "dead")) {
                String bytes = role.equals("out") ? outputBytes : "6000000";
                topics.add(new NewTopic(name + "-" + role, 1, (short) 1).configs(Map.of("max.message.bytes", bytes)));
            }
            NewTopics.create(admin, topics);
        }
    }

    @Test
    void shouldSayThatNoBrokerAnswers() throws Exception {
        String nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "127.0.0.1:" + socket.getLocalPort();
        }
        try (GlosstreamProcess run = run(nobody, "fourth")) {
            assertThat(run.awaitExit()).isEqualTo(ExitCode.KAFKA);
            assertThat(run.lastError()).contains("kafka '" + nobody + "': expected a broker to answer within 15 s");
        }
    }

    @Test
    void shouldSayThatTheSchemaRegistryIsDown() throws Exception {
        String nobody = "http://127.0.0.1:1";
        try (GlosstreamProcess run = run(broker.bootstrapServers(), "seventh", "--set=registry.url=" + nobody)) {
            assertThat(run.awaitExit()).isEqualTo(ExitCode.REGISTRY);
            assertThat(run.err())
                    .singleElement()
                    .asString()
                    .contains("registry '" + nobody + "': expected an answer", "start it, or correct registry.url");
        }
    }

    @Test
    void shouldFindTheClassesOfASerdeWhereTheUserPutsThem() throws Exception {
        Path classes = folder.resolve("their-classes");
        copyPackage(Path.of("target/test-classes/io/confluent"), classes.resolve("io/confluent"));
        String[] arguments = {
            "--set=registry.url=http://127.0.0.1:1",
            "--set=registry.serde.serializer=io.confluent.kafka.serializers.KafkaAvroSerializer"
        };

        try (GlosstreamProcess run = run(broker.bootstrapServers(), "ninth", arguments)) {
            assertThat(run.awaitExit()).isEqualTo(ExitCode.USAGE);
            assertThat(run.lastError()).contains("KafkaAvroSerializer", "GLOSSTREAM_CLASSPATH");
        }
        List<String> all = new ArrayList<>(List.of("run"));
        settings(broker.bootstrapServers(), "ninth").forEach(setting -> all.add("--set=" + setting));
        all.addAll(List.of(arguments));
        try (GlosstreamProcess run = GlosstreamProcess.start(Map.of("GLOSSTREAM_CLASSPATH", classes.toString()), all)) {
            assertThat(run.awaitExit()).isEqualTo(ExitCode.REGISTRY);
        }
    }

    private static void copyPackage(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void shouldRefuseAnAlteredBundleByNameBeforeItTouchesKafka() throws Exception {
        Path altered = folder.resolve("altered");
        TinyBundles.write(altered, Task.SENTIMENT);
        Files.writeString(altered.resolve("shape.txt"), "<pad>\n<unknown>\n");
        try (GlosstreamProcess run = run("127.0.0.1:1", "fifth", "--set=models.sentiment=" + altered)) {
            assertThat(run.awaitExit()).isEqualTo(ExitCode.BUNDLE);
            assertThat(run.lastError()).contains(altered.toString(), "shape.txt", "expected SHA-256");
            assertThat(run.err()).noneMatch(line -> line.contains("created topics"));
        }
    }

    @Test
    void shouldStopOnAModelFaultAndCarryOnWithASoundModel() throws Exception {
        PipelineSettings settings = PipelineFile.read(
                Path.of("topology/enrichment.yaml"), Map.of(), settings(broker.bootstrapServers(), "sixth"));
        try (ClusterCheck cluster = ClusterCheck.connect(settings)) {
            cluster.createMissing(1);
        }
        ModelBundle bundle = ModelBundle.open(folder.resolve("sentiment"));
        send("sixth-in", "Bad .");

        TaskModel broken = new TaskModel(bundle, FailingScorer::new);
        try (RunningPipeline pipeline =
                RunningPipeline.start(settings, List.of(broken), Observers.NONE, PipelineWatcher.NONE)) {
            pipeline.awaitEnd();
            assertThat(pipeline.fault()).get().matches(fault -> hasCause(fault, ModelFaultException.class));
        }
        try (OpenModels models = OpenModels.load(List.of(folder.resolve("sentiment")));
                TopicReader outputs = new TopicReader(broker.bootstrapServers(), List.of("sixth-out", "sixth-dead"))) {
            try (RunningPipeline pipeline =
                    RunningPipeline.start(settings, models.models(), Observers.NONE, PipelineWatcher.NONE)) {
                outputs.readUntil(Duration.ofSeconds(60), () -> outputs.count("sixth-out") == 1);
                assertThat(pipeline.fault()).isEmpty();
            }
            outputs.readToEnd();
            assertThat(outputs.count("sixth-out", "sixth-dead")).isEqualTo(1);
        }
    }

    /** A model that fails whatever it is given. */
    private static final class FailingScorer implements SequenceScorer {
        @Override
        public List<ScoreMatrix> score(PaddedBatch batch) {
            throw new InferenceException("model", new IllegalStateException("planted fault"));
        }

        @Override
        public void close() {}
    }

    private static boolean hasCause(Throwable thrown, Class<?> type) {
        return type.isInstance(thrown) || (thrown.getCause() != null && hasCause(thrown.getCause(), type));
    }

    private static GlosstreamProcess run(String servers, String name, String... arguments) throws IOException {
        List<String> all = new ArrayList<>();
        all.add("run");
        settings(servers, name).forEach(setting -> all.add("--set=" + setting));
        all.addAll(List.of(arguments));
        return GlosstreamProcess.start(Map.of(), all);
    }

    private static List<String> settings(String servers, String name) {
        return SentimentPipeline.overrides(
                name,
                folder,
                servers,
                // A pipeline that broke is missed by its group when its session times out.
                "kafka.session.timeout.ms=3000",
                "kafka.heartbeat.interval.ms=500");
    }

    private static void send(String topic, String text) throws Exception {
        DemoRecord record = new TextEventBytes().record("1", text);
        try (KafkaProducer<byte[], byte[]> producer = producer(1 << 20)) {
            producer.send(new ProducerRecord<>(topic, record.key(), record.value()))
                    .get();
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(int largestBytes) {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", largestBytes),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
