package dev.glosstream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.PipelineFile;
import dev.glosstream.config.RegistryCredentials;
import dev.glosstream.config.RegistrySettings;
import dev.glosstream.config.SerdeSettings;
import dev.glosstream.config.SubjectNaming;
import dev.glosstream.config.TlsSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SerdePropertiesTest {
    private static final TlsSettings TLS =
            new TlsSettings(Optional.of(Path.of("ca.pem")), "", Optional.of(Path.of("me.p12")), "key-word");
    private static final RegistryCredentials TEAM = new RegistryCredentials("team", "secret-word", "");

    private static RegistrySettings settings(String url, SerdeSettings serde) {
        return new RegistrySettings(
                List.of(URI.create(url)),
                SubjectNaming.RECORD,
                false,
                Duration.ZERO,
                new RegistrySettings.Access(TEAM, TLS),
                serde);
    }

    @Test
    void shouldSayOurSettingsInConfluentsWords() {
        SerdeSettings serde = new SerdeSettings(
                "io.confluent.kafka.serializers.KafkaAvroSerializer", "", Map.of("auto.register.schemas", "true"));

        assertThat(SerdeProperties.of(settings("https://registry", serde)))
                .containsEntry("schema.registry.url", "https://registry")
                .containsEntry("basic.auth.credentials.source", "USER_INFO")
                .containsEntry("basic.auth.user.info", "team:secret-word")
                .containsEntry("schema.registry.ssl.truststore.location", "ca.pem")
                .containsEntry("schema.registry.ssl.truststore.type", "PEM")
                .containsEntry("schema.registry.ssl.keystore.type", "PKCS12")
                .containsEntry("schema.registry.ssl.keystore.password", "key-word")
                .containsEntry(
                        "value.subject.name.strategy", "io.confluent.kafka.serializers.subject.RecordNameStrategy")
                .as("what the user says of the serde wins")
                .containsEntry("auto.register.schemas", "true");
    }

    @Test
    void shouldSayOurSettingsInApicuriosWords() {
        SerdeSettings serde = new SerdeSettings("", "io.apicurio.registry.serde.avro.AvroKafkaDeserializer", Map.of());

        assertThat(SerdeProperties.of(settings("http://registry/apis/ccompat/v7", serde)))
                .containsEntry("apicurio.registry.url", "http://registry/apis/registry/v3")
                .containsEntry("apicurio.registry.auth.username", "team")
                .containsEntry("apicurio.registry.auto-register", "false")
                .containsEntry("apicurio.registry.tls.truststore.type", "PEM");
    }

    @Test
    void shouldNameAddressesAsTheMakersReadThem() {
        RegistrySettings.Access open = RegistrySettings.Access.OPEN;
        List<URI> urls = List.of(URI.create("http://[::1]:8081/"), URI.create("http://b/apis/ccompat/v7/"));
        SerdeSettings confluent =
                new SerdeSettings("", "io.confluent.kafka.serializers.KafkaAvroDeserializer", Map.of());
        SerdeSettings apicurio =
                new SerdeSettings("", "io.apicurio.registry.serde.avro.AvroKafkaDeserializer", Map.of());

        assertThat(SerdeProperties.of(
                        new RegistrySettings(urls, SubjectNaming.TOPIC, true, Duration.ZERO, open, confluent)))
                .containsEntry("schema.registry.url", "http://[::1]:8081,http://b/apis/ccompat/v7");
        assertThat(SerdeProperties.of(new RegistrySettings(
                        urls.subList(1, 2), SubjectNaming.TOPIC, true, Duration.ZERO, open, apicurio)))
                .containsEntry("apicurio.registry.url", "http://b/apis/registry/v3");
    }

    @Test
    void shouldGiveASerdeOfAnotherMakerItsOwnPropertiesAlone() {
        SerdeSettings serde = new SerdeSettings("some.Serializer", "", Map.of("a", "b"));

        assertThat(SerdeProperties.of(settings("http://registry", serde))).isEqualTo(Map.of("a", "b"));
    }

    /** The classes are stand-ins of Confluent's names, with the properties that it documents and their types. */
    @Test
    void shouldConfigureAConfluentSerdeAsTheGuideShows(@TempDir Path folder) throws IOException {
        Matcher shown = Pattern.compile("```yaml\n(registry:\n  url: [^`]*io.confluent.[^`]*)```")
                .matcher(Files.readString(Path.of("docs/registry.md")));
        assertThat(shown.find()).isTrue();
        String example = "applicationId: a\nmodels: {sentiment: m}\n" + shown.group(1);

        try (SerdeClasses classes = new SerdeClasses(registry(folder, example))) {
            assertThat(classes.hasSerializer()).isTrue();
            assertThat(classes.hasDeserializer()).isTrue();
        }
        RegistrySettings mistaken = registry(folder, example.replace("schemas: false", "schemas: perhaps"));
        assertThatThrownBy(() -> new SerdeClasses(mistaken))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("registry.serde.serializer: expected a class on the class path that takes");
    }

    private static RegistrySettings registry(Path folder, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("pipeline.yaml"), text);
        return PipelineFile.read(file, Map.of(), List.of()).registry().orElseThrow();
    }

    @Test
    void shouldNameAClassThatIsNotThereOrIsNoSerde() {
        for (String name : List.of("no.such.Serializer", "java.lang.String")) {
            RegistrySettings settings = settings("http://registry", new SerdeSettings(name, "", Map.of()));
            assertThatThrownBy(() -> new SerdeClasses(settings))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("registry.serde.serializer")
                    .hasMessageContaining(name);
        }
    }
}
