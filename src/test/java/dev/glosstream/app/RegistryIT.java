package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.registry.RegistryException;
import dev.glosstream.registry.RegistryGate;
import dev.glosstream.registry.TestCertificates;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
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
    private static final int UNKNOWN_ID = 987_654;
    private static final String BASIC = "Basic dGVhbTpzZWNyZXQtd29yZA==";
    private static final String[] BY_PASSWORD = {
        "registry.credentials.username=team", "registry.credentials.password=secret-word"
    };

    private static final Schema NEWER = RegistryRecords.textEvent("language", "mood");
    private static final Schema OLDER = RegistryRecords.textEvent();

    @TempDir
    private static Path folder;

    private static RegistryFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = new RegistryFixture(folder);
    }

    @AfterAll
    static void stop() {
        if (fixture != null) {
            fixture.close();
        }
    }

    @Test
    @Order(1)
    void shouldReadWhatApicuriosSerdeWritesAndWriteWhatItReads() throws Exception {
        try (RegistryFixture.Session session = fixture.session("round", url())) {
            session.send(fixture.event("round", NEWER, "1"));
            session.awaitOutputs(1);

            GenericRecord enriched =
                    fixture.read("round-out", session.enriched().get(0).value());
            assertThat(((GenericRecord) enriched.get("event")).get("text")).hasToString("Good !");
            assertThat(enriched.getSchema().toString()).doesNotContain("avro.java.string");
        }
        assertThat(fixture.registry.send("GET", "/subjects", ""))
                .contains("round-out-value", "round-sentiment-value", "round-dead-value")
                .doesNotContain("entities");
    }

    @Test
    @Order(1)
    void shouldReadOlderAndNewerVersionsInOneTopic() throws Exception {
        try (RegistryFixture.Session session = fixture.session("versions", url())) {
            session.send(fixture.event("versions", OLDER, "older"));
            session.send(fixture.event("versions", NEWER, "newer"));
            session.awaitOutputs(2);

            assertThat(session.enriched())
                    .extracting(record -> fixture.read("versions-out", record.value()))
                    .extracting(read ->
                            ((GenericRecord) read.get("event")).get("id").toString())
                    .containsExactly("older", "newer");
        }
    }

    @Test
    @Order(1)
    void shouldAppendLabelsToRecordsOfAnySchemaAndRegisterWhatTheyBecome() throws Exception {
        byte[] older = fixture.written("append-in", RegistryRecords.review("Good !"));
        byte[] newer = fixture.written("append-in", RegistryRecords.review("Bad !", "stars"));
        Path file = fixture.file(
                "append.yaml",
                """
                sources:
                  - {topics: [append-in], format: avro, text: [payload.review.body]}
                output: {mode: append}
                """);
        try (RegistryFixture.Session session = fixture.session("append", file, url())) {
            session.send(older);
            session.send(newer);
            session.awaitOutputs(2);

            assertThat(session.deadLetters()).isEmpty();
            assertThat(RegistryRecords.body(session.enriched().get(0).value())).startsWith(RegistryRecords.body(older));
            byte[] appended = session.enriched().get(1).value();
            assertThat(RegistryRecords.body(appended)).startsWith(RegistryRecords.body(newer));
            GenericRecord labelled = fixture.read("append-out", appended);
            assertThat(labelled.getSchema().getFullName()).isEqualTo("shop.Event");
            assertThat(((GenericRecord) labelled.get("nlp")).get("tokenCount")).isEqualTo(2);
        }
        assertThat(fixture.registry.send("GET", "/subjects/append-out-value/versions", ""))
                .isEqualTo("[1,2]");
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
        try (RegistryFixture.Session session = fixture.session(name, url(), "registry.subjects=" + naming)) {
            session.send(fixture.event(name, NEWER, "1"));
            session.awaitOutputs(1);
        }
        assertThat(fixture.registry.send("GET", "/subjects/" + subject + "/versions/latest", ""))
                .contains("\"subject\":\"" + subject + "\"", "EnrichedEvent");
    }

    @Test
    @Order(1)
    void shouldMakeDeadLettersOfUnknownIdsAndBrokenBytesAndGoOn() throws Exception {
        byte[] good = fixture.event("poison", NEWER, "1");
        try (RegistryFixture.Session session = fixture.session("poison", url())) {
            session.send(RegistryRecords.framed(UNKNOWN_ID, good));
            session.send(new byte[] {0, 0, 0});
            session.send("{\"text\": \"json\"}".getBytes(StandardCharsets.UTF_8));
            session.send(Arrays.copyOf(good, good.length - 3));
            session.send(fixture.written("poison-in", RegistryRecords.review("Good !")));
            session.send(good);
            session.awaitOutputs(6);

            assertThat(session.deadLetters())
                    .extracting(RegistryRecords::reason)
                    .containsExactly("unknown-schema", "not-avro", "not-avro", "not-avro", "wrong-schema");
            assertThat(fixture.read("poison-dead", session.deadLetters().get(0).value())
                            .get("value"))
                    .isEqualTo(ByteBuffer.wrap(RegistryRecords.framed(UNKNOWN_ID, good)));
        }
    }

    @Test
    @Order(1)
    void shouldSpeakTlsWithAPasswordAndOutliveAnOutageWithoutDeadLetters() throws Exception {
        try (RegistryGate gate = new RegistryGate(fixture.registry, fixture.certificates, BASIC, false);
                RegistryFixture.Session session = fixture.session(
                        "gate",
                        "registry.url=" + gate.url(),
                        BY_PASSWORD[0],
                        BY_PASSWORD[1],
                        "registry.tls.truststore=" + fixture.certificates.serverTrustPem(),
                        // Shorter than the outage: the transaction is aborted meanwhile, and done again.
                        "kafka.producer.transaction.timeout.ms=2000")) {
            session.send(fixture.event("gate", NEWER, "1"));
            session.awaitOutputs(1);
            gate.shut();
            session.send(fixture.event("gate", NEWER, "cached"));
            session.awaitOutputs(2);
            session.send(fixture.event("gate", OLDER, "not asked yet"));
            session.send(fixture.event("gate", NEWER, "behind it"));
            // An outage takes time: there is nothing to wait for.
            TimeUnit.SECONDS.sleep(4);
            gate.open();
            session.awaitOutputs(4);

            assertThat(session.deadLetters()).isEmpty();
            assertThat(session.enriched()).hasSize(4);
        }
    }

    @Test
    @Order(1)
    void shouldShowAClientCertificateAndAToken() throws Exception {
        try (RegistryGate gate = new RegistryGate(fixture.registry, fixture.certificates, "Bearer abc.def", true);
                RegistryFixture.Session session = fixture.session(
                        "mutual",
                        "registry.url=" + gate.url(),
                        "registry.credentials.token=abc.def",
                        "registry.tls.truststore=" + fixture.certificates.serverTrust(),
                        "registry.tls.truststorePassword=" + TestCertificates.PASSWORD,
                        "registry.tls.keystore=" + fixture.certificates.clientPem())) {
            session.send(fixture.event("mutual", NEWER, "1"));
            session.awaitOutputs(1);

            assertThat(session.enriched()).hasSize(1);
        }
    }

    @Test
    @Order(1)
    void shouldUseASerdeThatIsNamed() throws Exception {
        byte[] good = fixture.event("serde", NEWER, "1");
        try (RegistryFixture.Session session = fixture.session(
                "serde",
                url(),
                "registry.serde.serializer=" + AvroKafkaSerializer.class.getName(),
                "registry.serde.deserializer=" + AvroKafkaDeserializer.class.getName())) {
            session.send(good);
            session.send(RegistryRecords.framed(UNKNOWN_ID, good));
            session.send(Arrays.copyOf(good, good.length - 3));
            session.awaitOutputs(3);

            assertThat(fixture.read("serde-out", session.enriched().get(0).value())
                            .get("tokenCount"))
                    .isEqualTo(2);
            assertThat(session.deadLetters())
                    .extracting(RegistryRecords::reason)
                    .containsExactly("unknown-schema", "not-avro");
        }
        assertThat(fixture.registry.send("GET", "/subjects/serde-out-value/versions", ""))
                .isEqualTo("[1]");
    }

    @Test
    @Order(1)
    void shouldNameTheSubjectThatHasNotOrTakesNotTheSchemaOfAnOutput() throws Exception {
        assertRefused("unregistered", "registry.autoRegister=false", "registry.autoRegister to true");

        String other = "{\"schema\": \"{\\\"type\\\": \\\"string\\\"}\"}";
        fixture.registry.send("POST", "/subjects/strict-out-value/versions", other);
        fixture.registry.send("PUT", "/config/strict-out-value", "{\"compatibility\": \"BACKWARD\"}");
        assertRefused("strict", "registry.autoRegister=true", "HTTP status 409");
    }

    private static void assertRefused(String name, String setting, String why) {
        PipelineSettings settings = fixture.settings(name, url(), setting);
        try (OpenFormat format = OpenFormat.of(settings)) {
            assertThatThrownBy(() -> format.prepareOutputs(settings))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("subject '" + name + "-out-value'")
                    .hasMessageContaining(why);
        }
    }

    @Test
    @Order(1)
    void shouldSayAtTheStartThatTheCredentialsAreWrongWithoutShowingThem() throws Exception {
        try (RegistryGate gate = new RegistryGate(fixture.registry, fixture.certificates, BASIC, false);
                GlosstreamProcess run = fixture.run(
                        "denied",
                        "registry.url=" + gate.url(),
                        "registry.credentials.username=team",
                        "registry.credentials.password=wrong-word",
                        "registry.tls.truststore=" + fixture.certificates.serverTrustPem())) {
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
        byte[] known = fixture.event("killed", NEWER, "known");
        byte[] unseen = fixture.event("killed", RegistryRecords.textEvent("unseen"), "unseen");
        try (RegistryFixture.Session session = fixture.session("killed", url(), "registry.retryFor=1s")) {
            session.send(known);
            session.awaitOutputs(1);
            fixture.registry.kill();
            session.send(known);
            session.awaitOutputs(2);

            session.send(unseen);
            session.pipeline.awaitEnd();
            session.outputs.readToEnd();

            assertThat(session.deadLetters()).isEmpty();
            assertThat(session.enriched()).hasSize(2);
            CommandException failure =
                    RunningPipeline.failure(session.pipeline.fault().orElseThrow());
            assertThat(failure.exitCode()).isEqualTo(ExitCode.REGISTRY);
            assertThat(failure)
                    .hasMessageContaining(fixture.registry.url().toString())
                    .hasMessageContaining("nothing is lost");
        }
    }

    private static String url() {
        return "registry.url=" + fixture.registry.url();
    }
}
