package dev.glosstream.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.glosstream.config.RegistryCredentials;
import dev.glosstream.config.RegistrySettings;
import dev.glosstream.config.SerdeSettings;
import dev.glosstream.config.SubjectNaming;
import dev.glosstream.config.TlsSettings;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfluentRegistryTest {
    private static final String STRING = "{\"schema\": \"\\\"string\\\"\"}";
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    private final List<Duration> pauses = new ArrayList<>();
    private ScriptedRegistry server;
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedRegistry();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ConfluentRegistry registry(RegistrySettings settings) {
        return new ConfluentRegistry(settings, () -> now, pauses::add);
    }

    private ConfluentRegistry registry() {
        return registry(RegistrySettings.of(server.url()));
    }

    @Test
    void shouldAskForASchemaOnce() {
        server.answer("GET /schemas/ids/7", 200, STRING);
        ConfluentRegistry registry = registry();

        assertThat(registry.schema(7)).isEqualTo(Outcome.accepted(Schema.create(Schema.Type.STRING)));
        assertThat(registry.schema(7)).isEqualTo(registry.schema(7));

        assertThat(server.asked()).containsExactly("GET /schemas/ids/7");
    }

    @Test
    void shouldAskARegistryOfIpVersion6BehindOneThatIsAway() throws IOException {
        try (ScriptedRegistry six = sixIfThereIsOne()) {
            six.answer("GET /schemas/ids/7", 200, STRING);

            assertThat(registry(RegistrySettings.of(NOBODY, URI.create(six.url() + "/")))
                            .schema(7))
                    .isInstanceOf(Outcome.Accepted.class);
            assertThat(six.asked()).containsExactly("GET /schemas/ids/7");
        }
    }

    private static ScriptedRegistry sixIfThereIsOne() {
        try {
            byte[] loopback = new byte[16];
            loopback[15] = 1;
            return new ScriptedRegistry(InetAddress.getByAddress(loopback));
        } catch (IOException e) {
            return abort("this machine has no ::1: " + e.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/apis/ccompat/v7", "/apis/ccompat/v7/", "/a%20b//"})
    void shouldAskUnderThePathOfItsAddress(String path) {
        String kept = path.replaceFirst("/+$", "");
        server.answer("GET " + kept + "/schemas/ids/7", 200, STRING);

        assertThat(registry(RegistrySettings.of(URI.create(server.url() + path)))
                        .schema(7))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(server.asked()).containsExactly("GET " + kept + "/schemas/ids/7");
    }

    @Test
    void shouldPutASchemaTogetherWithWhatItRefersTo() {
        String inner = "{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"Inner\\\", \\\"fields\\\": []}";
        String outer = "{\\\"type\\\": \\\"array\\\", \\\"items\\\": \\\"Inner\\\"}";
        server.answer(
                "GET /schemas/ids/7",
                200,
                "{\"schema\": \"" + outer + "\", \"references\": [{\"name\": \"Inner\", \"subject\": \"a b/c\","
                        + " \"version\": 2}]}");
        server.answer("GET /subjects/a%20b%2Fc/versions/2?deleted=true", 200, "{\"schema\": \"" + inner + "\"}");

        Schema schema = registry().schema(7).fold(found -> found, rejection -> Schema.create(Schema.Type.NULL));

        assertThat(schema.getElementType().getName()).isEqualTo("Inner");
    }

    @Test
    void shouldRejectASchemaThatRefersToWhatIsNotThere() {
        server.answer(
                "GET /schemas/ids/7",
                200,
                "{\"schema\": \"\\\"Inner\\\"\", \"references\": [{\"subject\": \"gone\", \"version\": 1}]}");

        assertThat(reason(registry().schema(7))).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
    }

    @Test
    void shouldAskAgainForWhatASchemaRefersToAfterAWhile() {
        String inner = "GET /subjects/late/versions/1?deleted=true";
        server.answer(
                "GET /schemas/ids/7",
                200,
                "{\"schema\": \"\\\"Inner\\\"\", \"references\": [{\"subject\": \"late\", \"version\": 1}]}");
        server.answer(inner, 404, ScriptedRegistry.NOT_FOUND);
        server.answer(
                inner,
                200,
                "{\"schema\": \"{\\\"type\\\": \\\"record\\\", \\\"name\\\": \\\"Inner\\\", \\\"fields\\\": []}\"}");
        ConfluentRegistry registry = registry();

        assertThat(reason(registry.schema(7))).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
        assertThat(reason(registry.schema(7))).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
        assertThat(server.asked()).containsExactly("GET /schemas/ids/7", inner);
        now = now.plusSeconds(11);

        assertThat(registry.schema(7)).isInstanceOf(Outcome.Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\": \"syntax = proto3;\", \"schemaType\": \"PROTOBUF\"}",
                "{\"schema\": \"not avro\"}",
                "{\"schema\": \"{\\\"type\\\": \\\"fixed\\\", \\\"name\\\": \\\"F\\\", \\\"size\\\": 2147483647}\"}",
            })
    void shouldRejectWhatIsNoAvroSchema(String body) {
        server.answer("GET /schemas/ids/7", 200, body);

        assertThat(reason(registry().schema(7))).isEqualTo(RejectionReason.WRONG_SCHEMA);
    }

    @Test
    void shouldAskAgainForAnUnknownIdAfterAWhile() {
        server.answer("GET /schemas/ids/7", 404, ScriptedRegistry.NOT_FOUND);
        server.answer("GET /schemas/ids/7", 200, STRING);
        ConfluentRegistry registry = registry();

        assertThat(reason(registry.schema(7))).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
        assertThat(reason(registry.schema(7))).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
        assertThat(server.asked()).hasSize(1);
        now = now.plusSeconds(11);

        assertThat(registry.schema(7)).isInstanceOf(Outcome.Accepted.class);
    }

    @Test
    void shouldNotAskForAnIdThatNoRegistryGives() {
        assertThat(reason(registry().schema(-1))).isEqualTo(RejectionReason.UNKNOWN_SCHEMA);
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>no such page</html>", "{\"status\": 404, \"title\": \"no such path\"}"})
    void shouldNotTakeAnotherServicesNotFoundForAnAnswer(String body) {
        server.answer("GET /schemas/ids/7", 404, body);

        assertThatThrownBy(() -> registry().schema(7))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(server.url().toString())
                .hasMessageContaining("got HTTP status 404")
                .hasMessageContaining("registry.url must be");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504})
    void shouldAskAgainWithGrowingPausesWhileTheRegistryIsNotReady(int status) {
        server.answer("GET /schemas/ids/7", status, "").answer("GET /schemas/ids/7", status, "");
        server.answer("GET /schemas/ids/7", 200, STRING);

        assertThat(registry().schema(7)).isInstanceOf(Outcome.Accepted.class);
        assertThat(pauses).containsExactly(Duration.ofMillis(100), Duration.ofMillis(200));
    }

    @Test
    void shouldGiveUpAfterTheTimeOfTheSettings() {
        assertThatThrownBy(() -> registry(RegistrySettings.of(NOBODY)).schema(7))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("within 30000 ms (registry.retryFor)")
                .hasMessageContaining("start it, or correct registry.url");
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(30));
    }

    @Test
    void shouldAskTheNextAddressWhenOneDoesNotAnswer() {
        server.answer("GET /schemas/ids/7", 200, STRING);

        assertThat(registry(RegistrySettings.of(NOBODY, server.url())).schema(7))
                .isInstanceOf(Outcome.Accepted.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldNotTryAgainAtTheStart() {
        ConfluentRegistry registry = registry(RegistrySettings.of(NOBODY));

        assertThatThrownBy(registry::requireReachable)
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining(NOBODY.toString());
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldShowNoSecretInItsMessagesAndSettings() {
        RegistryCredentials credentials = new RegistryCredentials("team", "secret-word", "");
        RegistrySettings settings = new RegistrySettings(
                List.of(server.url()),
                SubjectNaming.TOPIC,
                true,
                Duration.ZERO,
                new RegistrySettings.Access(credentials, TlsSettings.DEFAULT),
                SerdeSettings.OWN);
        server.answer("GET /schemas/ids/7", 403, "{\"message\": \"no\"}");

        assertThatThrownBy(() -> registry(settings).schema(7))
                .hasMessageContaining("got HTTP status 403 ('no')")
                .hasMessageNotContaining("secret-word");
        assertThat(settings.toString()).doesNotContain("secret-word");
    }

    @Test
    void shouldRegisterASchemaOnce() {
        server.answer("POST /subjects/a%20topic-value/versions", 200, "{\"id\": 12}");
        ConfluentRegistry registry = registry();

        assertThat(registry.id("a topic-value", "\"string\"")).isEqualTo(12);
        assertThat(registry.id("a topic-value", "\"string\"")).isEqualTo(12);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void shouldOnlyLookASchemaUpIfItMayNotRegister() {
        server.answer("POST /subjects/known", 200, "{\"id\": 12}");
        RegistrySettings settings = new RegistrySettings(
                List.of(server.url()),
                SubjectNaming.TOPIC,
                false,
                Duration.ZERO,
                RegistrySettings.Access.OPEN,
                SerdeSettings.OWN);

        assertThat(registry(settings).id("known", "\"string\"")).isEqualTo(12);
        assertThatThrownBy(() -> registry(settings).id("unknown", "\"string\""))
                .hasMessageContaining("subject 'unknown'")
                .hasMessageContaining("registry.autoRegister");
    }

    @Test
    void shouldNameTheSubjectThatRefusesASchema() {
        server.answer("POST /subjects/strict/versions", 409, "{\"error_code\": 409, \"message\": \"incompatible\"}");

        assertThatThrownBy(() -> registry().id("strict", "\"string\""))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("subject 'strict'")
                .hasMessageContaining("incompatible");
    }

    private static RejectionReason reason(Outcome<Schema> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
        return ((Outcome.Rejected<Schema>) outcome).rejection().reason();
    }
}
