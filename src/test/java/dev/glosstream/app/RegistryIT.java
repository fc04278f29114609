package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.registry.RegistryException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pipeline with a real schema registry: what Apicurio's own serde writes it reads, and the other way round. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class RegistryIT extends WithRegistry {
    private static final int UNKNOWN_ID = 987_654;

    @Test
    void shouldReadWhatApicuriosSerdeWritesAndWriteWhatItReads() throws Exception {
        try (RegistryFixture.Session session = fixture.session("round", fixture.url())) {
            session.send(fixture.event("round", RegistryRecords.NEWER, "1"));
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
    void shouldReadOlderAndNewerVersionsInOneTopic() throws Exception {
        try (RegistryFixture.Session session = fixture.session("versions", fixture.url())) {
            session.send(fixture.event("versions", RegistryRecords.OLDER, "older"));
            session.send(fixture.event("versions", RegistryRecords.NEWER, "newer"));
            session.awaitOutputs(2);

            assertThat(session.enriched())
                    .extracting(record -> fixture.read("versions-out", record.value()))
                    .extracting(read ->
                            ((GenericRecord) read.get("event")).get("id").toString())
                    .containsExactly("older", "newer");
        }
    }

    @Test
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
        try (RegistryFixture.Session session = fixture.session("append", file, fixture.url())) {
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
    void shouldNameSubjects(String naming, String subject) throws Exception {
        String name = "named-" + naming;
        try (RegistryFixture.Session session = fixture.session(name, fixture.url(), "registry.subjects=" + naming)) {
            session.send(fixture.event(name, RegistryRecords.NEWER, "1"));
            session.awaitOutputs(1);
        }
        assertThat(fixture.registry.send("GET", "/subjects/" + subject + "/versions/latest", ""))
                .contains("\"subject\":\"" + subject + "\"", "EnrichedEvent");
    }

    @Test
    void shouldMakeDeadLettersOfUnknownIdsAndBrokenBytesAndGoOn() throws Exception {
        byte[] good = fixture.event("poison", RegistryRecords.NEWER, "1");
        try (RegistryFixture.Session session = fixture.session("poison", fixture.url())) {
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

    @ParameterizedTest
    @ValueSource(strings = {"io.apicurio.registry.serde.avro.AvroKafka", "io.confluent.kafka.serializers.KafkaAvro"})
    void shouldUseASerdeThatIsNamed(String maker) throws Exception {
        String name = "serde-" + maker.split("\\.", -1)[1];
        byte[] good = fixture.event(name, RegistryRecords.NEWER, "1");
        try (RegistryFixture.Session session = fixture.session(
                name,
                fixture.url(),
                "registry.serde.serializer=" + maker + "Serializer",
                "registry.serde.deserializer=" + maker + "Deserializer")) {
            session.send(good);
            session.send(RegistryRecords.framed(UNKNOWN_ID, good));
            session.send(Arrays.copyOf(good, good.length - 3));
            session.awaitOutputs(3);

            assertThat(fixture.read(name + "-out", session.enriched().get(0).value())
                            .get("tokenCount"))
                    .isEqualTo(2);
            assertThat(session.deadLetters())
                    .extracting(RegistryRecords::reason)
                    .containsExactly("unknown-schema", "not-avro");
        }
        assertThat(fixture.registry.send("GET", "/subjects/" + name + "-out-value/versions", ""))
                .isEqualTo("[1]");
    }

    @Test
    void shouldNameTheSubjectThatHasNotOrTakesNotTheSchemaOfAnOutput() throws Exception {
        assertRefused("unregistered", "registry.autoRegister=false", "registry.autoRegister to true");

        String other = "{\"schema\": \"{\\\"type\\\": \\\"string\\\"}\"}";
        fixture.registry.send("POST", "/subjects/strict-out-value/versions", other);
        fixture.registry.send("PUT", "/config/strict-out-value", "{\"compatibility\": \"BACKWARD\"}");
        assertRefused("strict", "registry.autoRegister=true", "HTTP status 409");
    }

    private static void assertRefused(String name, String setting, String why) {
        PipelineSettings settings = fixture.settings(name, fixture.url(), setting);
        try (OpenFormat format = OpenFormat.of(settings)) {
            assertThatThrownBy(() -> format.prepareOutputs(settings))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("subject '" + name + "-out-value'")
                    .hasMessageContaining(why);
        }
    }
}
