package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.sequence.Task;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code glosstream label} as another program uses it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class LabelIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Three probabilities, each rounded to six decimals. */
    private static final double ROUNDING = 2e-6;

    @TempDir
    private static Path models;

    @BeforeAll
    static void writeBundles() {
        TinyBundles.write(models.resolve("sentiment"), Task.SENTIMENT);
        TinyBundles.write(models.resolve("entities"), Task.ENTITIES);
    }

    @Test
    void shouldAnswerEveryLineInOrderByTheContract() throws Exception {
        List<String> texts = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("samples/events.jsonl"))) {
            texts.add(JSON.readTree(line).get("text").asText().replace('\n', '\u2028'));
        }
        texts.add("NUL \u0000 and escape \u001B[2J and bidi \u202E within");
        texts.add("carriage\rreturn and form\ffeed and \u0085 split nothing");

        List<JsonNode> answers = label(String.join("\n", texts) + "\n", "C");

        assertThat(answers).hasSameSizeAs(texts);
        for (int line = 0; line < texts.size(); line++) {
            assertThat(answers.get(line).get("text").asText()).isEqualTo(texts.get(line));
            assertFollowsTheContract(answers.get(line));
        }
    }

    private static void assertFollowsTheContract(JsonNode answer) {
        assertThat(keys(answer)).containsExactly("text", "sentiment", "entities", "tokens", "truncated", "models");
        JsonNode sentiment = answer.get("sentiment");
        assertThat(keys(sentiment)).containsExactly("label", "score", "scores");
        assertThat(keys(sentiment.get("scores"))).containsExactly("negative", "neutral", "positive");
        double sum = 0;
        for (JsonNode score : sentiment.get("scores")) {
            sum += score.asDouble();
            assertThat(score.asDouble())
                    .isLessThanOrEqualTo(sentiment.get("score").asDouble());
        }
        assertThat(Math.abs(sum - 1)).isLessThan(ROUNDING);
        String text = answer.get("text").asText();
        int position = 0;
        for (JsonNode entity : answer.get("entities")) {
            assertThat(keys(entity)).containsExactly("type", "start", "end", "text", "score");
            assertThat(entity.get("start").asInt()).isGreaterThanOrEqualTo(position);
            position = entity.get("end").asInt();
            assertThat(text.substring(entity.get("start").asInt(), position))
                    .isEqualTo(entity.get("text").asText());
        }
        assertThat(answer.get("models").toString())
                .isEqualTo("{\"sentiment\":\"tiny-sentiment@0.0.1\",\"entities\":\"tiny-entities@0.0.1\"}");
    }

    @Test
    void shouldRefuseBadLinesAndGoOn() throws Exception {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write("first\r\n\n \t\n".getBytes(StandardCharsets.UTF_8));
        input.write(new byte[] {'b', 'a', 'd', ' ', (byte) 0xFF, '\n'});
        input.write(("x".repeat(20_001) + "\nlast").getBytes(StandardCharsets.UTF_8));

        List<JsonNode> answers = label(input.toByteArray(), Map.of());

        assertThat(answers).hasSize(6);
        assertThat(answers.get(0).get("text").asText()).isEqualTo("first");
        assertThat(reasons(answers))
                .containsExactly("labelled", "empty-text", "blank-text", "malformed-text", "text-too-long", "labelled");
        assertThat(answers.get(3).get("text").asText()).isEqualTo("bad \uFFFD");
        assertThat(keys(answers.get(1))).containsExactly("text", "rejected");
        assertThat(keys(answers.get(1).get("rejected"))).containsExactly("reason", "detail");
    }

    @Test
    void shouldPrintNothingThatATerminalWouldObey() throws Exception {
        byte[] input = "a\u001B[31mb\u0007c\u009Bd\u202Ee\u007Ff\n".getBytes(StandardCharsets.UTF_8);
        try (GlosstreamProcess label = GlosstreamProcess.run(Map.of(), input, "label", model("sentiment"))) {
            assertThat(label.err()).isEmpty();
            assertThat(label.out()).hasSize(1);
            assertThat(label.out().get(0)).doesNotContainPattern("[\\p{Cc}\\u202E]");
        }
    }

    @Test
    void shouldEndQuietlyWhenTheReaderGoes() throws Exception {
        Path lines = models.resolve("lines.txt");
        Files.writeString(lines, "all work and no play\n".repeat(100_000));
        ProcessBuilder builder = new ProcessBuilder(
                "bash",
                "-c",
                "set -o pipefail; ./glosstream label " + model("sentiment") + " < " + lines + " | head -n 1");
        builder.environment().put("GLOSSTREAM_SKIP_BUILD", "1");
        Process process = builder.redirectErrorStream(true).start();

        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(said.lines()).hasSize(1);
    }

    @Test
    void shouldRefuseAnAlteredAndAnIncompleteBundleByName() throws Exception {
        Path altered = models.resolve("altered");
        TinyBundles.write(altered, Task.SENTIMENT);
        Files.writeString(altered.resolve("word.txt"), "<pad>\n<unknown>\nmore\n");
        Path incomplete = models.resolve("incomplete");
        TinyBundles.write(incomplete, Task.SENTIMENT);
        Files.delete(incomplete.resolve("weights.params"));

        for (Path bundle : List.of(altered, incomplete)) {
            try (GlosstreamProcess label = GlosstreamProcess.run(Map.of(), new byte[0], "label", "--model=" + bundle)) {
                assertThat(label.awaitExit()).isEqualTo(ExitCode.BUNDLE);
                assertThat(label.err()).hasSize(1);
                assertThat(label.err().get(0))
                        .contains(bundle.toString(), bundle == altered ? "word.txt" : "weights.params");
            }
        }
    }

    private static String model(String task) {
        return "--model=" + models.resolve(task);
    }

    private static List<JsonNode> label(String input, String locale) throws Exception {
        return label(input.getBytes(StandardCharsets.UTF_8), Map.of("LC_ALL", locale));
    }

    private static List<JsonNode> label(byte[] input, Map<String, String> environment) throws Exception {
        try (GlosstreamProcess label =
                GlosstreamProcess.run(environment, input, "label", "--json", model("sentiment"), model("entities"))) {
            assertThat(label.awaitExit()).as("%s", label.err()).isZero();
            List<JsonNode> answers = new ArrayList<>();
            for (String line : label.out()) {
                answers.add(JSON.readTree(line));
            }
            return answers;
        }
    }

    private static List<String> reasons(List<JsonNode> answers) {
        return answers.stream()
                .map(answer -> answer.has("rejected")
                        ? answer.get("rejected").get("reason").asText()
                        : "labelled")
                .toList();
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            keys.add(names.next());
        }
        return keys;
    }
}
