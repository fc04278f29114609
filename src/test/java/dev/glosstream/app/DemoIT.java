package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.sequence.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo in this process, with models whose answers mean nothing. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class DemoIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUNDLED = 360;

    @TempDir
    private static Path models;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void writeBundles() {
        TinyBundles.write(models.resolve("sentiment"), Task.SENTIMENT);
        TinyBundles.write(models.resolve("entities"), Task.ENTITIES);
    }

    @Test
    void shouldAnswerEveryBundledEventAndEveryBrokenRecordExactlyOnce() throws IOException {
        List<Path> before = temporaryFolders();

        int exitCode = demo("", "--once", "--json");

        assertThat(exitCode).as(err.toString(StandardCharsets.UTF_8)).isZero();
        List<JsonNode> lines = lines();
        JsonNode summary = lines.remove(lines.size() - 1).get("summary");
        assertThat(summary.get("in").asInt()).isEqualTo(BUNDLED + 13 + 2);
        assertThat(summary.get("labelled").asInt()).isEqualTo(BUNDLED + 2);
        assertThat(summary.get("deadLetters"))
                .isEqualTo(
                        JSON.readTree(
                                """
                        {"blank-text": 2, "empty-text": 1, "malformed-text": 1, "not-avro": 5, "null-value": 1,
                         "record-too-large": 1, "text-too-long": 1, "wrong-schema": 1}
                        """));
        assertThat(summary.get("exactlyOnce").asBoolean()).isTrue();
        assertThat(lines).hasSize(BUNDLED + 13 + 2);
        assertThat(lines.stream().filter(line -> line.has("id")).map(line -> line.get("id")
                        .asText()))
                .hasSize(BUNDLED + 2)
                .doesNotHaveDuplicates()
                .contains("odd-nul", "odd-marks");
        assertThat(lines.stream().filter(line -> line.has("rejected")))
                .allSatisfy(line -> assertThat(line.get("topic").asText()).isEqualTo("text-events"));
        assertThat(temporaryFolders()).isEqualTo(before);
    }

    @Test
    void shouldAnswerTypedLinesAfterTheEventsOfAFile() throws IOException {
        Path events = models.resolve("events.txt");
        Files.writeString(events, "Anna works in paris.\n\nGood!\n");

        int exitCode = demo("typed text\n", "--json", "--events", events.toString(), "--set", "models.entities=");

        assertThat(exitCode).as(err.toString(StandardCharsets.UTF_8)).isZero();
        List<JsonNode> lines = lines();
        assertThat(lines.stream().filter(line -> line.has("id")).map(line -> line.get("text")
                        .asText()))
                .containsExactlyInAnyOrder("Anna works in paris.", "Good!", "typed text");
        assertThat(lines.stream().filter(line -> line.has("id"))).noneMatch(line -> line.has("entities"));
        assertThat(lines.get(lines.size() - 1).get("summary").get("in").asInt()).isEqualTo(4);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("type a text and press Enter");
    }

    @Test
    void shouldPrintTextAndSummaryForAPerson() throws IOException {
        Path events = models.resolve("events.txt");
        Files.writeString(events, "Anna works in paris.\nred \u001B[31m alert\n");

        int exitCode = demo("", "--once", "--events", events.toString());

        assertThat(exitCode).isZero();
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text)
                .contains("events in              2", "exactly once         yes", "batches")
                .doesNotContain("\u001B");
    }

    @Test
    void shouldRefuseAMissingBundleByNameAndStopTheBroker() throws IOException {
        List<Path> before = temporaryFolders();

        int exitCode = demo("", "--once", "--set", "models.sentiment=" + models.resolve("none"));

        assertThat(exitCode).isEqualTo(ExitCode.BUNDLE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(models.resolve("none").toString());
        assertThat(temporaryFolders()).isEqualTo(before);
    }

    private int demo(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "demo",
                "--set=models.sentiment=" + models.resolve("sentiment"),
                "--set=models.entities=" + models.resolve("entities")));
        all.addAll(List.of(arguments));
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                false);
        return Main.run(surroundings, all.toArray(String[]::new));
    }

    private List<JsonNode> lines() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static List<Path> temporaryFolders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            String ours = "glosstream-(broker|state)-" + ProcessHandle.current().pid() + "-.*";
            return files.filter(file -> file.getFileName().toString().matches(ours))
                    .sorted()
                    .toList();
        }
    }
}
