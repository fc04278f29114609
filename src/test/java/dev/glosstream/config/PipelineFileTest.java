package dev.glosstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineFileTest {
    private static final Path PROJECT = Path.of("/project");
    private static final String SMALLEST = "applicationId: app\nmodels: {sentiment: models/s}\n";

    @Test
    void shouldReadTheShippedFileWithItsDefaults() {
        PipelineSettings settings = PipelineFile.read(Path.of("topology/enrichment.yaml"), Map.of(), List.of());

        Path here = Path.of("").toAbsolutePath();
        assertThat(settings)
                .isEqualTo(new PipelineSettings(
                        "glosstream",
                        TopicSettings.DEFAULT,
                        Map.of(
                                Task.SENTIMENT, here.resolve("models/sentiment-en"),
                                Task.ENTITIES, here.resolve("models/entities-en")),
                        BatchingSettings.DEFAULT,
                        LimitSettings.DEFAULT,
                        Guarantee.EXACTLY_ONCE_V2,
                        2,
                        Map.of("bootstrap.servers", "localhost:9092")));
    }

    @Test
    void shouldFillInDefaultsForWhatTheFileLeavesOut() {
        PipelineSettings settings = read(SMALLEST);

        assertThat(settings.topics()).isEqualTo(TopicSettings.DEFAULT);
        assertThat(settings.batching()).isEqualTo(BatchingSettings.DEFAULT);
        assertThat(settings.limits()).isEqualTo(LimitSettings.DEFAULT);
        assertThat(settings.guarantee()).isEqualTo(Guarantee.EXACTLY_ONCE_V2);
        assertThat(settings.threads()).isEqualTo(2);
        assertThat(settings.kafka()).isEmpty();
    }

    @Test
    void shouldReadHowAPipelineShowsItself() {
        String text =
                """
                http: {enabled: false, host: 0.0.0.0, port: 0, console: true}
                log: {format: json, level: debug, libraries: error}
                tracing: {enabled: true}
                """;

        assertThat(read(SMALLEST).observability()).isEqualTo(ObservabilitySettings.DEFAULT);
        assertThat(read(SMALLEST + text).observability())
                .isEqualTo(new ObservabilitySettings(
                        new HttpSettings(false, "0.0.0.0", 0, true),
                        new LogSettings(LogSettings.Format.JSON, LogSettings.Level.DEBUG, LogSettings.Level.ERROR),
                        true));
    }

    @Test
    void shouldNameMistakesOfHowAPipelineShowsItself() {
        String text =
                """
                http: {host: "a b", port: 70000, console: maybe}
                log: {format: xml}
                """;

        ConfigException mistakes = catchThrowableOfType(ConfigException.class, () -> read(SMALLEST + text));

        assertThat(mistakes.mistakes())
                .hasSize(4)
                .anySatisfy(mistake -> assertThat(mistake).contains("http.host: expected a host name"))
                .anySatisfy(mistake -> assertThat(mistake).contains("http.port: expected a whole number, 0 to 65535"))
                .anySatisfy(mistake -> assertThat(mistake).contains("http.console: expected one of true, false"))
                .anySatisfy(mistake -> assertThat(mistake).contains("log.format: expected one of text, json"));
    }

    @Test
    void shouldReportEveryMistakeOfAFileAtOnceWithItsLine() {
        String text =
                """
                applicationId: my app
                topics:
                  inptu: events
                models:
                  sentiment: [models/s]
                batching:
                  maxRecords: many
                  maxWait: 20
                  tokenBudget: 0
                  maxRecords: 5
                guarantee: exactly_twice
                kafka:
                  bootstrap.servers: ${BROKERS}
                  ssl:
                    protocol: TLS
                """;

        ConfigException mistakes =
                catchThrowableOfType(ConfigException.class, () -> read(text, "threads=0", "batching.maxWiat=5ms"));

        assertThat(mistakes.mistakes())
                .containsExactly(
                        "p.yaml:1: applicationId: expected 1 to 100 letters, digits, '.', '_' or '-', got 'my app'",
                        "p.yaml:3: topics.inptu: expected a known key, got this one; did you mean 'input'?",
                        "p.yaml:5: models.sentiment: expected a path, got a list",
                        "p.yaml:7: batching.maxRecords: expected a whole number, 1 to 65536, got 'many'",
                        "p.yaml:8: batching.maxWait: expected a duration with its unit (20ms, 1s, 2m), 0 to 60000 ms,"
                                + " got '20'",
                        "p.yaml:9: batching.tokenBudget: expected a whole number, 1 to 1048576, got '0'",
                        "p.yaml:10: batching.maxRecords: expected this key once, got it again; it stands in line 7"
                                + " already",
                        "p.yaml:11: guarantee: expected one of exactly_once_v2, at_least_once, got 'exactly_twice'",
                        "p.yaml:13: kafka.bootstrap.servers: expected the environment variable 'BROKERS' to be set, got"
                                + " nothing; set it or write ${BROKERS:default}",
                        "p.yaml:14: kafka.ssl: expected a text ('a.b: text' for nested keys), got a section",
                        "--set threads: expected a whole number, 1 to 256, got '0'",
                        "--set batching.maxWiat: expected a known key, got this one; did you mean 'batching.maxWait'?");
        assertThat(mistakes).hasMessage(String.join("\n", mistakes.mistakes()));
    }

    @Test
    void shouldLetOverridesWinOverTheFile() {
        PipelineSettings settings = read(
                SMALLEST + "threads: 3\nkafka:\n  bootstrap.servers: a:1\n",
                "threads=4",
                "batching.maxWait=0ms",
                "kafka.bootstrap.servers=b:2,c:3",
                "kafka.sasl.jaas.config=x=${y}",
                "topics.input=other",
                "threads=5");

        assertThat(settings.threads()).isEqualTo(5);
        assertThat(settings.batching().maxWait()).isEqualTo(Duration.ZERO);
        assertThat(settings.kafka())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("bootstrap.servers", "b:2,c:3", "sasl.jaas.config", "x=${y}"));
        assertThat(settings.topics().input()).isEqualTo("other");
    }

    @Test
    void shouldReplacePlaceholdersFromTheVariables() {
        String text = SMALLEST
                + """
                threads: ${THREADS:7}
                kafka:
                  bootstrap.servers: ${HOST}:${PORT:9092}
                  empty: "${NOTHING:}"
                  kept: $${file:/secret:password}
                  plain: a $5 note
                """;

        PipelineSettings settings = PipelineFile.pipeline(
                SettingsFile.parse("p.yaml", text, Map.of("HOST", "${PORT}"), List.of()), PROJECT);

        assertThat(settings.threads()).isEqualTo(7);
        assertThat(settings.kafka())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "bootstrap.servers", "${PORT}:9092",
                        "empty", "",
                        "kept", "${file:/secret:password}",
                        "plain", "a $5 note"));
    }

    @Test
    void shouldReportAPlaceholderThatIsNotClosedWithoutWhatFollowsIt() {
        assertThatThrownBy(() -> read(SMALLEST + "kafka:\n  password: a${PASS secret\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "p.yaml:4: kafka.password: expected ${NAME} or ${NAME:default} ('$${' for a plain '${'), got"
                                + " '${' without '}'");
    }

    @Test
    void shouldResolveModelFoldersAgainstTheProjectButOverridesAgainstTheWorkingDirectory() {
        assertThat(read(SMALLEST).models()).containsEntry(Task.SENTIMENT, Path.of("/project/models/s"));
        assertThat(read(SMALLEST, "models.sentiment=mine/s").models()).containsEntry(Task.SENTIMENT, Path.of("mine/s"));
        assertThat(read("applicationId: a\nmodels: {sentiment: /abs/s}").models())
                .containsEntry(Task.SENTIMENT, Path.of("/abs/s"));
    }

    @Test
    void shouldLeaveATaskOutWhoseFolderIsEmpty() {
        String both = "applicationId: a\nmodels: {sentiment: s, entities: e}";

        assertThat(read(both, "models.entities=").models()).containsOnlyKeys(Task.SENTIMENT);
        assertThatThrownBy(() -> read(both, "models.entities=", "models.sentiment="))
                .isInstanceOf(ConfigException.class)
                .hasMessage("p.yaml: models: expected at least one of sentiment and entities, got none");
    }

    @Test
    void shouldTakeTheFolderAboveTopologyAsProject() {
        assertThat(PipelineFile.projectOf(Path.of("/a/topology/x.yaml"))).isEqualTo(Path.of("/a"));
        assertThat(PipelineFile.projectOf(Path.of("/a/b/x.yaml"))).isEqualTo(Path.of("/a/b"));
        assertThat(PipelineFile.projectOf(Path.of("/topology/x.yaml"))).isEqualTo(Path.of("/"));
        assertThat(PipelineFile.projectOf(Path.of("/x.yaml"))).isEqualTo(Path.of("/"));
    }

    @Test
    void shouldReportTopicsThatAreTheSame() {
        assertThatThrownBy(() -> read(SMALLEST, "topics.input=dead-letters"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("p.yaml: topics: expected five different names, got [dead-letters,");
    }

    @Test
    void shouldReportAMissingRequiredKey() {
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(ConfigException.class)
                .hasMessage("p.yaml:1: applicationId: expected 1 to 100 letters, digits, '.', '_' or '-', got nothing");
    }

    @Test
    void shouldReportAMissingFile(@TempDir Path folder) {
        Path file = folder.resolve("none.yaml");

        assertThatThrownBy(() -> PipelineFile.read(file, Map.of(), List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ": expected a readable file, found none");
    }

    @Test
    void shouldReportTheLineOfBytesThatAreNotUtf8(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("latin1.yaml");
        Files.write(file, new byte[] {'a', ':', ' ', 'b', '\n', '#', ' ', (byte) 0xE9, '\n'});

        assertThatThrownBy(() -> PipelineFile.read(file, Map.of(), List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessage(file + ":2: expected UTF-8, got other bytes");
    }

    private static PipelineSettings read(String text, String... overrides) {
        return PipelineFile.pipeline(SettingsFile.parse("p.yaml", text, Map.of(), List.of(overrides)), PROJECT);
    }
}
