package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.registry.RegistryException;
import dev.glosstream.registry.RegistryGate;
import dev.glosstream.registry.RegistryProcess;
import dev.glosstream.registry.TestCertificates;
import dev.glosstream.sequence.Task;
import dev.glosstream.topology.EnrichmentTopology;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pipeline with a real schema registry: what Apicurio's own serde writes it reads, and the other way round. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RegistryIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int UNKNOWN_ID = 987_654;
    private static final String BASIC = "Basic dGVhbTpzZWNyZXQtd29yZA==";

    private static final Schema NOW = event("language").optionalString("mood").endRecord();
    private static final Schema OLDER = event("mood").endRecord();

    @TempDir
    private static Path folder;

    private static RegistryProcess registry;
    private static EmbeddedBroker broker;
    private static OpenModels models;
    private static TestCertificates certificates;

    /** Something like the schema of text events, as a team could have it in an older or a newer version. */
    private static SchemaBuilder.FieldAssembler<Schema> event(String optional) {
        return SchemaBuilder.record("TextEvent")
                .namespace("dev.glosstream.avro")
                .fields()
                .requiredString("id")
                .requiredString("text")
                .optionalString(optional.equals("language") ? "language" : "unused");
    }

    @BeforeAll
    static void start() throws Exception {
        CompletableFuture<EmbeddedBroker> starting = CompletableFuture.supplyAsync(() -> EmbeddedBroker.start(8 << 20));
        registry = RegistryProcess.start();
        broker = starting.join();
        certificates = TestCertificates.make(folder);
        TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        models = OpenModels.load(List.of(folder.resolve("sentiment")));
    }

    @AfterAll
    static void stop() {
        models.close();
        broker.close();
        registry.close();
    }

    @Test
    @Order(1)
    void shouldReadWhatApicuriosSerdeWritesAndWriteWhatItReads() throws Exception {
        try (Session session = new Session("round", "registry.url=" + registry.url())) {
            session.send(written("round-in", NOW, "1", "Good !"));
            session.awaitOutputs(1);

            GenericRecord enriched =
                    read("round-out", session.outputs.of("round-out").get(0).value());
            assertThat(((GenericRecord) enriched.get("event")).get("text")).hasToString("Good !");
            assertThat(enriched.getSchema().toString()).doesNotContain("avro.java.string");
        }
        assertThat(registry.send("GET", "/subjects", ""))
                .contains("round-out-value", "round-sentiment-value", "round-dead-value")
                .doesNotContain("entities");
    }

    @Test
    @Order(1)
    void shouldReadOlderAndNewerVersionsInOneTopic() throws Exception {
        try (Session session = new Session("versions", "registry.url=" + registry.url())) {
            session.send(written("versions-in", OLDER, "older", "Good !"));
            session.send(written("versions-in", NOW, "newer", "Bad !"));
            session.awaitOutputs(2);

            assertThat(session.outputs.of("versions-out"))
                    .extracting(record -> ((GenericRecord)
                                    read("versions-out", record.value()).get("event"))
                            .get("id")
                            .toString())
                    .containsExactly("older", "newer");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "topic, named-topic-out-value",
        "record, dev.glosstream.avro.EnrichedEvent",
        "topic-record, named-topic-record-out-dev.glosstream.avro.EnrichedEvent",
    })
    @Order(1)
    void shouldNameSubjects(String naming, String subject) throws Exception {
        String name = "named-" + naming;
        try (Session session = new Session(name, "registry.url=" + registry.url(), "registry.subjects=" + naming)) {
            session.send(written(name + "-in", NOW, "1", "Good !"));
            session.awaitOutputs(1);
        }
        String latest = registry.send("GET", "/subjects/" + subject + "/versions/latest", "");
        assertThat(latest).contains("\"subject\":\"" + subject + "\"", "EnrichedEvent");
    }

    @Test
    @Order(1)
    void shouldMakeDeadLettersOfUnknownIdsAndBrokenBytesAndGoOn() throws Exception {
        byte[] good = written("poison-in", NOW, "1", "Good !");
        try (Session session = new Session("poison", "registry.url=" + registry.url())) {
            session.send(framed(UNKNOWN_ID, good));
            session.send(new byte[] {0, 0, 0});
            session.send("{\"text\": \"json\"}".getBytes(StandardCharsets.UTF_8));
            session.send(java.util.Arrays.copyOf(good, good.length - 3));
            session.send(good);
            session.awaitOutputs(5);

            assertThat(session.outputs.of("poison-dead"))
                    .extracting(RegistryIT::reason)
                    .containsExactly("unknown-schema", "not-avro", "not-avro", "not-avro");
            assertThat(read(
                                    "poison-dead",
                                    session.outputs.of("poison-dead").get(0).value())
                            .get("value"))
                    .isEqualTo(ByteBuffer.wrap(framed(UNKNOWN_ID, good)));
        }
    }

    @Test
    @Order(1)
    void shouldSpeakTlsWithAPasswordAndOutliveAnOutageWithoutDeadLetters() throws Exception {
        try (RegistryGate gate = new RegistryGate(registry, certificates, BASIC, false);
                Session session = new Session(
                        "gate",
                        "registry.url=" + gate.url(),
                        "registry.credentials.username=team",
                        "registry.credentials.password=secret-word",
                        "registry.tls.truststore=" + certificates.serverTrustPem(),
                        // Shorter than the outage: the transaction is aborted meanwhile, and done again.
                        "kafka.producer.transaction.timeout.ms=2000")) {
            session.send(written("gate-in", NOW, "1", "Good !"));
            session.awaitOutputs(1);
            gate.shut();
            session.send(written("gate-in", NOW, "cached", "Good !"));
            session.awaitOutputs(2);
            session.send(written("gate-in", OLDER, "not asked yet", "Good !"));
            session.send(written("gate-in", NOW, "behind it", "Good !"));
            TimeUnit.SECONDS.sleep(4);
            gate.open();
            session.awaitOutputs(4);

            assertThat(session.outputs.count("gate-dead")).isZero();
            assertThat(session.outputs.count("gate-out")).isEqualTo(4);
        }
    }

    @Test
    @Order(1)
    void shouldShowAClientCertificateAndAToken() throws Exception {
        try (RegistryGate gate = new RegistryGate(registry, certificates, "Bearer abc.def", true);
                Session session = new Session(
                        "mutual",
                        "registry.url=" + gate.url(),
                        "registry.credentials.token=abc.def",
                        "registry.tls.truststore=" + certificates.serverTrust(),
                        "registry.tls.truststorePassword=" + TestCertificates.PASSWORD,
                        "registry.tls.keystore=" + certificates.clientPem())) {
            session.send(written("mutual-in", NOW, "1", "Good !"));
            session.awaitOutputs(1);

            assertThat(session.outputs.count("mutual-out")).isEqualTo(1);
        }
    }

    @Test
    @Order(1)
    void shouldUseASerdeThatIsNamed() throws Exception {
        byte[] good = written("named-in", NOW, "1", "Good !");
        try (Session session = new Session(
                "named",
                "registry.url=" + registry.url(),
                "registry.serde.serializer=" + AvroKafkaSerializer.class.getName(),
                "registry.serde.deserializer=" + AvroKafkaDeserializer.class.getName())) {
            session.send(good);
            session.send(framed(UNKNOWN_ID, good));
            session.send(java.util.Arrays.copyOf(good, good.length - 3));
            session.awaitOutputs(3);

            assertThat(read("named-out", session.outputs.of("named-out").get(0).value())
                            .get("tokenCount"))
                    .isEqualTo(2);
            assertThat(session.outputs.of("named-dead"))
                    .extracting(RegistryIT::reason)
                    .containsExactly("unknown-schema", "not-avro");
        }
    }

    @Test
    @Order(1)
    void shouldSayAtTheStartThatTheRegistryIsDown() throws Exception {
        String nobody;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "http://127.0.0.1:" + socket.getLocalPort();
        }
        try (GlosstreamProcess run = run("down", "registry.url=" + nobody)) {
            assertThat(run.awaitExit()).isEqualTo(ExitCode.REGISTRY);
            assertThat(run.err())
                    .singleElement()
                    .asString()
                    .contains("registry '" + nobody + "': expected an answer", "start it, or correct registry.url");
        }
    }

    @Test
    @Order(1)
    void shouldSayAtTheStartThatTheCredentialsAreWrongWithoutShowingThem() throws Exception {
        try (RegistryGate gate = new RegistryGate(registry, certificates, BASIC, false);
                GlosstreamProcess run = run(
                        "denied",
                        "registry.url=" + gate.url(),
                        "registry.credentials.username=team",
                        "registry.credentials.password=wrong-word",
                        "registry.tls.truststore=" + certificates.serverTrustPem())) {
            assertThat(run.awaitExit()).isEqualTo(ExitCode.REGISTRY);
            assertThat(run.err())
                    .singleElement()
                    .asString()
                    .contains("got HTTP status 401", "registry.credentials")
                    .doesNotContain("wrong-word");
        }
    }

    @Test
    @Order(2)
    void shouldGoOnWithWhatItKnowsWhenTheRegistryIsKilledAndStopWithoutLossAtWhatItDoesNot() throws Exception {
        byte[] known = written("killed-in", NOW, "known", "Good !");
        Schema unseen = event("language").optionalString("unseen").endRecord();
        byte[] unknown = written("killed-in", unseen, "unseen", "Good !");
        try (Session session = new Session("killed", "registry.url=" + registry.url(), "registry.retryFor=1s")) {
            session.send(known);
            session.awaitOutputs(1);
            registry.kill();
            session.send(known);
            session.awaitOutputs(2);

            session.send(unknown);
            session.pipeline.awaitEnd();
            session.outputs.readToEnd();

            assertThat(session.outputs.count("killed-dead")).isZero();
            CommandException failure =
                    RunningPipeline.failure(session.pipeline.fault().orElseThrow());
            assertThat(failure.exitCode()).isEqualTo(ExitCode.REGISTRY);
            assertThat(failure)
                    .hasMessageContaining(registry.url().toString())
                    .hasMessageContaining("nothing is lost")
                    .matches(thrown -> hasCause(thrown, RegistryException.class));
        }
    }

    private static boolean hasCause(Throwable thrown, Class<?> type) {
        return type.isInstance(thrown) || (thrown.getCause() != null && hasCause(thrown.getCause(), type));
    }

    /** A pipeline at work, with somebody who writes to it and somebody who reads. */
    private static final class Session implements AutoCloseable {
        private final String name;
        private final OpenFormat format;
        private final RunningPipeline pipeline;
        private final TopicReader outputs;
        private final KafkaProducer<byte[], byte[]> producer;

        Session(String name, String... registrySettings) {
            this.name = name;
            PipelineSettings settings =
                    PipelineFile.read(Path.of("topology/enrichment.yaml"), Map.of(), settings(name, registrySettings));
            try (ClusterCheck cluster = ClusterCheck.connect(settings)) {
                cluster.createMissing(1);
            }
            format = OpenFormat.of(settings);
            format.prepareOutputs(settings);
            pipeline = RunningPipeline.start(
                    settings,
                    EnrichmentTopology.build(settings, models.models(), new BatchStatistics(), format.wireFormat()),
                    state -> {});
            outputs = new TopicReader(broker.bootstrapServers(), List.of(name + "-out", name + "-dead"));
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }

        void send(byte[] value) throws Exception {
            producer.send(new ProducerRecord<>(name + "-in", value)).get();
        }

        void awaitOutputs(int count) {
            outputs.readUntil(LONG, () -> {
                pipeline.fault().ifPresent(fault -> {
                    throw new AssertionError("pipeline broke", fault);
                });
                return outputs.count(name + "-out", name + "-dead") >= count;
            });
        }

        @Override
        public void close() {
            pipeline.close();
            format.close();
            outputs.close();
            producer.close();
        }
    }

    private static GlosstreamProcess run(String name, String... registrySettings) throws IOException {
        List<String> all = new ArrayList<>(List.of("run", "--create-topics"));
        settings(name, registrySettings).forEach(setting -> all.add("--set=" + setting));
        return GlosstreamProcess.start(Map.of(), all);
    }

    private static List<String> settings(String name, String... more) {
        List<String> settings = new ArrayList<>(List.of(
                "applicationId=" + name,
                "topics.input=" + name + "-in",
                "topics.enriched=" + name + "-out",
                "topics.sentiment=" + name + "-sentiment",
                "topics.deadLetters=" + name + "-dead",
                "models.sentiment=" + folder.resolve("sentiment"),
                "models.entities=",
                "threads=1",
                "kafka.bootstrap.servers=" + broker.bootstrapServers(),
                "kafka.state.dir=" + folder.resolve("state-" + name)));
        settings.addAll(List.of(more));
        return settings;
    }

    /** Returns a record as Apicurio's serde writes it, its schema registered. */
    private static byte[] written(String topic, Schema schema, String id, String text) {
        try (AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>()) {
            serializer.configure(apicurio(), false);
            return serializer.serialize(
                    topic,
                    new GenericRecordBuilder(schema)
                            .set("id", id)
                            .set("text", text)
                            .build());
        }
    }

    /** Returns what Apicurio's serde reads. */
    private static GenericRecord read(String topic, byte[] value) {
        try (AvroKafkaDeserializer<GenericRecord> deserializer = new AvroKafkaDeserializer<>()) {
            deserializer.configure(apicurio(), false);
            return deserializer.deserialize(topic, value);
        }
    }

    private static Map<String, String> apicurio() {
        String own = registry.url().toString().replace("/apis/ccompat/v7", "/apis/registry/v3");
        return Map.of("apicurio.registry.url", own, "apicurio.registry.auto-register", "true");
    }

    private static byte[] framed(int id, byte[] value) {
        return ByteBuffer.wrap(value.clone()).put(0, (byte) 0).putInt(1, id).array();
    }

    private static String reason(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.headers().lastHeader("glosstream.reason").value(), StandardCharsets.UTF_8);
    }
}
