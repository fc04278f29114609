package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.infer.TinyBundles;
import dev.glosstream.sequence.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @AfterEach
    void forgetVerbosity() {
        List.of("glosstream.log.level", "glosstream.broker.log.level", "glosstream.log.trace")
                .forEach(System::clearProperty);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "label", "run", "topology", "train", "evaluate", "export", "explain", "embeddings"})
    void shouldExplainEveryCommandWithExamplesAndExitCodes(String command) {
        assertThat(run(command, "--help")).isZero();

        assertThat(text(out))
                .contains("Usage: glosstream " + command, "Examples:", "  glosstream " + command, "Exit codes:");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void shouldTellItsVersion() {
        assertThat(run("--version")).isZero();

        assertThat(text(out)).matches("glosstream [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
    }

    @Test
    void shouldAnswerWrongArgumentsOnOneLine() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(run("labl")).isEqualTo(ExitCode.USAGE);
        assertThat(run("label", "--modle", "x")).isEqualTo(ExitCode.USAGE);

        assertThat(text(err).lines())
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).startsWith("glosstream: ").contains(" --help'"));
        assertThat(text(out)).isEmpty();
    }

    @Test
    void shouldListEveryMistakeOfTheSettings() {
        int exitCode = run("topology", "--set", "threads=0", "--set", "batching.maxWiat=1s", "--set", "nonsense");

        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(text(err).lines())
                .containsExactly(
                        "glosstream: --set 'nonsense': expected key=value, got no key or no '='",
                        "glosstream: --set threads: expected a whole number, 1 to 256, got '0'",
                        "glosstream: --set batching.maxWiat: expected a known key, got this one; did you mean"
                                + " 'batching.maxWait'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "demo", "topology", "tail"})
    void shouldSayWhichPropertyKafkaDoesNotTakeBeforeAnythingStarts(String command, @TempDir Path folder)
            throws IOException {
        // Given neither a cluster nor models
        Path pipeline = Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                applicationId: orders
                models: {sentiment: none}
                kafka:
                  bootstrap.servers: 127.0.0.1:1
                  session.timeout.ms: soon
                  producer.linger.ms: ${LINGER:-7}
                  num.stream.threads: 4
                """);

        int exitCode = run(command, "--pipeline", pipeline.toString(), "--set", "kafka.security.protocol=NONE");

        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(text(err).lines())
                .satisfiesExactly(
                        first -> assertThat(first)
                                .isEqualTo(
                                        "glosstream: %s:5: kafka.session.timeout.ms: expected a whole number (INT),"
                                                + " got 'soon'; correct or remove it",
                                        pipeline),
                        second -> assertThat(second)
                                .isEqualTo(
                                        "glosstream: %s:6: kafka.producer.linger.ms: expected a whole number (LONG),"
                                                + " [0,...], got '-7'; correct or remove it",
                                        pipeline),
                        third -> assertThat(third)
                                .startsWith(
                                        "glosstream: " + pipeline + ":7: kafka.num.stream.threads: expected none, the"
                                                + " pipeline owns it (set threads), got '4'"),
                        last -> assertThat(last)
                                .startsWith("glosstream: --set kafka.security.protocol: expected a text, ")
                                .contains("SASL_SSL", ", got 'NONE'; correct or remove it"));
        assertThat(text(out)).isEmpty();
    }

    @Test
    void shouldRefuseABundleByNameAndShowAStackTraceOnlyIfAsked(@TempDir Path folder) {
        int exitCode = run("label", "--model", folder.toString());

        assertThat(exitCode).isEqualTo(ExitCode.BUNDLE);
        assertThat(text(err).lines()).hasSize(1);
        assertThat(text(err)).contains("model '" + folder + "': expected a bundle with manifest.json");

        err.reset();
        run("label", "--verbose", "--model", folder.toString());

        assertThat(text(err)).contains("BundleException", "\tat ");
    }

    @Test
    void shouldWriteTheSchemasThatConsumersNeed(@TempDir Path folder) throws IOException {
        TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        Path schema = Path.of("src/test/resources/events/order.avsc").toAbsolutePath();
        Path pipeline = Files.writeString(
                folder.resolve("pipeline.yaml"),
                """
                applicationId: orders
                sources: [{topics: orders, format: avro, schemas: %s, text: note}]
                output: {mode: append, field: labels}
                models: {sentiment: sentiment}
                """
                        .formatted(schema));

        int exitCode = run(
                "topology",
                "--pipeline",
                pipeline.toString(),
                "--schemas",
                folder.resolve("out").toString());

        assertThat(text(err)).startsWith("glosstream: wrote ");
        assertThat(exitCode).isZero();
        try (Stream<Path> written = Files.list(folder.resolve("out"))) {
            assertThat(written).singleElement().satisfies(file -> {
                assertThat(file.getFileName().toString()).matches("com\\.example\\.shop\\.Order\\.[0-9a-f]{16}\\.avsc");
                assertThat(Files.readString(file)).contains("\"AppendedLabels\"", "\"remark\"", "\"shop-team\"");
            });
        }
    }

    private int run(String... arguments) {
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                false);
        return Main.run(surroundings, arguments);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
