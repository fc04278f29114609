package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.sequence.Task;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison really runs: every row that the program brings counts every text, whatever its speed. */
class BenchIT {
    private static final int COUNT = 60;

    @TempDir
    private Path folder;

    @Test
    void shouldMeasureGrowthOfEventsAndOfTexts() throws Exception {
        TinyBundles.write(folder.resolve("entities"), Task.ENTITIES);
        Path json = folder.resolve("bench.json");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code = Main.run(
                new Surroundings(
                        InputStream.nullInputStream(),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        false),
                "bench",
                "--rows=growth",
                "--growth=2000",
                "--longest=1",
                "--count=20",
                "--partitions=2",
                "--model=" + folder.resolve("entities"),
                "--precision=fp32",
                "--json=" + json);

        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
        JsonNode grown = new ObjectMapper().readTree(json.toFile()).path("growth");
        assertThat(grown.findValues("value").stream().map(JsonNode::asInt))
                .containsExactly(20, 200, 2000, 10, 100, 1000);
        assertThat(grown.findValues("cpuMicrosPerToken").stream().map(JsonNode::asDouble))
                .hasSize(6)
                .allMatch(micros -> micros > 0 && micros < 1e6);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("events 2,000", "tokens of a text 1,000");
    }

    @Test
    void shouldReportARowThatFailsAndKeepTheOthers() throws Exception {
        TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        Path json = folder.resolve("bench.json");
        Path html = folder.resolve("bench.html");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        // Entities cannot be measured without a bundle of them.
        int code = Main.run(
                new Surroundings(
                        InputStream.nullInputStream(),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        false),
                "bench",
                "--rows=entities-end-to-end,fifo",
                "--rounds=1",
                "--count=" + COUNT,
                "--partitions=2",
                "--model=" + folder.resolve("sentiment"),
                "--precision=fp32",
                "--json=" + json,
                "--html=" + html);

        assertThat(code).isEqualTo(ExitCode.FAILED);
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.at("/failures/0/what").asText()).isEqualTo("round 1 of 1: entities-end-to-end");
        assertThat(report.at("/throughput/fifo/0/events").asInt()).isBetween(1, COUNT);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("FAILED: round 1 of 1: entities-end-to-end: models:");
        assertThat(Files.readString(html)).contains("Failed", "entities-end-to-end");
    }

    @Test
    void shouldMeasureEveryRowThatTheProgramBrings() throws Exception {
        TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        TinyBundles.write(folder.resolve("entities"), Task.ENTITIES);
        Path json = folder.resolve("bench.json");
        Path html = folder.resolve("bench.html");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int code = Main.run(
                new Surroundings(
                        InputStream.nullInputStream(),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        false),
                "bench",
                "--rows=ceiling,end-to-end,per-record,fifo,entities-end-to-end",
                "--rounds=1",
                "--count=" + COUNT,
                "--partitions=2",
                "--model=" + folder.resolve("sentiment"),
                "--model=" + folder.resolve("entities"),
                "--precision=fp32",
                "--json=" + json,
                "--html=" + html);

        assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isEqualTo(ExitCode.OK);
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        for (String row : List.of("ceiling", "end-to-end", "per-record", "fifo", "entities-end-to-end")) {
            JsonNode round = report.at("/throughput/" + row + "/0");
            // So few may be answered in one commit: then those of the warm-up count too, from readiness on.
            assertThat(round.path("events").asInt())
                    .as(row)
                    .matches(events -> (events >= 1 && events <= COUNT) || events == COUNT + COUNT / 2);
            assertThat(round.path("eventsPerSecond").asDouble()).as(row).isPositive();
        }
        assertThat(report.at("/throughput/ceiling/0/prepareShare").asDouble()).isBetween(1e-6, 1.0);
        assertThat(report.at("/throughput/ceiling/0/inside/allocatedBytes").asDouble())
                .isBetween(1e3, 1e8);
        assertThat(report.at("/throughput/per-record/0/paddingRatio").asDouble())
                .isEqualTo(1);
        assertThat(report.at("/throughput/fifo/0/paddingRatio").asDouble()).isGreaterThan(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("end-to-end / ceiling", "end-to-end / fifo");
        assertThat(Files.readString(html)).contains("Glosstream, measured", "end-to-end");
    }
}
