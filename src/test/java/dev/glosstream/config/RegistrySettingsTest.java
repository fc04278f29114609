package dev.glosstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrySettingsTest {
    private static final String SMALLEST = "applicationId: app\nmodels: {sentiment: models/s}\n";

    private static PipelineSettings read(String more) {
        SettingsFile file = SettingsFile.parse("p.yaml", SMALLEST + more, Map.of("PASSWORD", "secret-word"), List.of());
        return PipelineFile.pipeline(file, Path.of("/project"));
    }

    private static RegistrySettings registry(String more) {
        return read("registry:\n" + more.indent(2)).registry().orElseThrow();
    }

    private static List<String> mistakes(String more) {
        ConfigException mistakes =
                catchThrowableOfType(ConfigException.class, () -> read("registry:\n" + more.indent(2)));
        assertThat(mistakes).isNotNull();
        return mistakes.mistakes();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "registry:\n", "registry: {url: ''}\n", "registry: {url: '${REGISTRY:}'}\n"})
    void shouldHaveNoRegistryWithoutItsAddress(String text) {
        assertThat(read(text).registry()).isEmpty();
    }

    @Test
    void shouldFillInDefaults() {
        assertThat(registry("url: http://one:8081, https://two/api"))
                .isEqualTo(RegistrySettings.of(URI.create("http://one:8081"), URI.create("https://two/api")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://[::1]:8081 | http://[::1]:8081",
                "https://[2001:db8::7]/apis/ccompat/v7/ | https://[2001:db8::7]/apis/ccompat/v7",
                "http://registry:8081/// | http://registry:8081",
                "http://10.0.0.7 | http://10.0.0.7",
                "HTTPS://registry.example.org/api/%20x | HTTPS://registry.example.org/api/%20x",
                " http://[::1]:1/a/ , ,https://b/ , | http://[::1]:1/a;https://b",
            })
    void shouldTakeAddressesOfEveryForm(String written, String read) {
        List<URI> addresses =
                Arrays.stream(read.split(";", -1)).map(URI::create).toList();

        assertThat(registry("url: '" + written + "'").urls()).isEqualTo(addresses);
        assertThat(overridden("registry.url=" + written, "${NOTHING:}").urls()).isEqualTo(addresses);
        assertThat(overridden("applicationId=b", "'${REGISTRY:" + written + "}'")
                        .urls())
                .isEqualTo(addresses);
    }

    private static RegistrySettings overridden(String override, String url) {
        String text = SMALLEST + "registry:\n  url: " + url + "\n";
        SettingsFile file = SettingsFile.parse("p.yaml", text, Map.of(), List.of(override));
        return PipelineFile.pipeline(file, Path.of("/project")).registry().orElseThrow();
    }

    @Test
    void shouldReadEveryKey() {
        RegistrySettings settings = registry(
                """
                url: https://registry:8081
                subjects: topic-record
                autoRegister: false
                retryFor: 1m
                credentials: {username: team, password: '${PASSWORD}'}
                tls: {truststore: certs/ca.pem, keystore: /etc/client.p12, keystorePassword: '${PASSWORD}'}
                serde: {deserializer: some.Deserializer, properties: {a.b: c}}
                """);

        assertThat(settings.subjects()).isEqualTo(SubjectNaming.TOPIC_RECORD);
        assertThat(settings.autoRegister()).isFalse();
        assertThat(settings.retryFor()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.access().credentials().authorization()).contains("Basic dGVhbTpzZWNyZXQtd29yZA==");
        assertThat(settings.access().tls())
                .isEqualTo(new TlsSettings(
                        Optional.of(Path.of("/project/certs/ca.pem")),
                        "",
                        Optional.of(Path.of("/etc/client.p12")),
                        "secret-word"));
        assertThat(settings.serde()).isEqualTo(new SerdeSettings("", "some.Deserializer", Map.of("a.b", "c")));
        assertThat(settings.toString()).doesNotContain("secret-word");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry:8081",
                "ftp://registry",
                "http://team:secret-word@registry",
                "https://registry?token=secret-word",
                "http:// registry",
                "http://::1:8081",
                "http://[::1",
                "http://schema_registry:8081",
                "http://registry:65536",
                "http://",
                "http://registry,registry-2",
            })
    void shouldRefuseOtherAddressesWithoutRepeatingThem(String url) {
        assertThat(mistakes("url: '" + url + "'"))
                .singleElement()
                .asString()
                .startsWith("p.yaml:4: registry.url: expected http://host:port")
                .contains("registry.credentials")
                .doesNotContain("secret-word");
    }

    @Test
    void shouldRefuseATokenThatNoHeaderTakesWithoutRepeatingIt() {
        // What a file of a secret ends with, more often than not. Java's client would quote all of it in its error.
        assertThat(mistakes("url: http://registry\ncredentials: {token: \"secret-word\\n\"}"))
                .singleElement()
                .asString()
                .contains("registry.credentials.token: expected")
                .doesNotContain("secret-word");
    }

    @ParameterizedTest
    @CsvSource({
        "'credentials: {username: team}', expected username and password",
        "'credentials: {username: a, password: b, token: c}', got both",
        "'serde: {properties: {a: b}}', expected none without registry.serde.serializer",
        "'subjects: subject', 'expected one of topic, record, topic-record'",
        "'retryFor: 5m', 0 to 240000 ms",
        "'autoregister: no', did you mean 'autoRegister'",
        "'serde: {serializer: not a class}', the name of a class",
    })
    void shouldReportMistakes(String setting, String mistake) {
        assertThat(mistakes("url: http://registry\n" + setting))
                .singleElement()
                .asString()
                .contains(mistake);
    }

    @Test
    void shouldNeedSchemasOfAnAvroSourceOnlyWithoutARegistry() {
        String source = "sources:\n  - {topics: [a], format: avro, text: [body]}\n";

        assertThat(read(source + "registry: {url: 'http://registry'}\n").sources())
                .singleElement()
                .satisfies(read -> assertThat(read.schemas()).isEmpty());
        assertThat(catchThrowableOfType(ConfigException.class, () -> read(source))
                        .mistakes())
                .singleElement()
                .asString()
                .contains("sources[0].schemas: expected the files", "or registry.url");
    }

    @Test
    void shouldTakeEveryExampleOfTheGuide() throws IOException {
        Matcher shown = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("docs/registry.md")));
        int examples = 0;
        while (shown.find()) {
            examples++;
            // A secret of the environment may be any.
            String example = shown.group(1).replaceAll("\\$\\{[A-Z_]+}", "secret-word");
            assertThat(read(example).registry()).isPresent();
        }
        assertThat(examples).isEqualTo(7);
    }
}
