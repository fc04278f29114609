package dev.glosstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a setting that holds a secret is told without the secret. */
class SecretsTest {
    private static final String SMALLEST = "applicationId: app\nmodels: {sentiment: models/s}\n";

    private static ConfigException mistakes(String text, String... overrides) {
        return catchThrowableOfType(
                ConfigException.class,
                () -> PipelineFile.pipeline(
                        SettingsFile.parse("p.yaml", SMALLEST + text, Map.of(), List.of(overrides)),
                        Path.of("/project")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "registry: {url: 'http://r', credentials: hunter2}",
                "registry: {url: 'http://r', credentials: {username: u, password: !hunter2 x}}",
                "registry: {url: 'http://r', credentials: {username: u, password: !hunter2}}",
                "registry: {url: 'http://r', credentials: {username: u, password: *hunter2}}",
                "registry: {url: 'http://r', credentials: {username: u, password: !!hunter2}}",
                "registry: {url: 'http://r', credentials: {username: u, password: 'x${hunter2 !}'}}",
                "registry: {url: 'http://r', credentials: {token: 'hunter2\u00e9'}}",
                "registry: {url: 'http://r', tls: {keystorePassword: !hunter2 x}}",
                "registry: {url: 'http://r', serde: {properties: {schema.registry.basic.auth.user.info: !hunter2 x}}}",
                "registry: {url: 'http://u:hunter2@r'}",
                "registry: 'http://u:hunter2@r'",
                "kafka: 'sasl.password=hunter2'",
                "kafka: {sasl.jaas.config: !hunter2 x}",
                "kafka: {ssl.keystore.key: '${hunter2 }'}",
                "kafka: {ssl.key.password: &a hunter2, ssl.key.password: &hunter2 x, other: *hunter3}",
            })
    void shouldNotRepeatASecret(String text) {
        ConfigException mistakes = mistakes(text);

        assertThat(mistakes).isNotNull();
        assertThat(mistakes.getMessage()).doesNotContain("hunter").contains("p.yaml");
    }

    @Test
    void shouldNotRepeatASecretOfTheCommandLine() {
        assertThat(mistakes("", "registry.credentials.password:hunter2").mistakes())
                .containsExactly("--set " + Secrets.HIDDEN + ": expected key=value, got no key or no '='");
        assertThat(mistakes("", "kafka=hunter2").mistakes())
                .containsExactly("--set kafka: expected a section (kafka.KEY), got " + Secrets.HIDDEN);
    }

    @Test
    void shouldShowWhatIsNone() {
        assertThat(mistakes(
                                "batching: {maxTokens: many, tokenBudget: few}\nregistry: {url: 'http://r', subjects: none}")
                        .mistakes())
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("got 'many'"),
                        second -> assertThat(second).endsWith("got 'few'"),
                        third -> assertThat(third).endsWith("got 'none'"));
    }
}
