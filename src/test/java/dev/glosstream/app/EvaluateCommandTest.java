package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.model.Digests;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.PrecisionCheck;
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
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command on real bundles of random weights. */
class EvaluateCommandTest {
    private static final String SECRET = "goodbye";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path sentiment;
    private Path data;

    @BeforeEach
    void writeBundleAndData() throws IOException {
        sentiment = folder.resolve("sentiment");
        TinyBundles.write(sentiment, Task.SENTIMENT);
        data = folder.resolve("test.tsv");
        StringBuilder rows = new StringBuilder();
        List<String> words = List.of("good", "bad", "paris", "not", "works", SECRET);
        List<String> labels = List.of("positive", "negative", "neutral");
        for (int row = 0; row < 120; row++) {
            rows.append(labels.get(row % 3))
                    .append('\t')
                    .append(words.get(row % 5))
                    .append(' ');
            rows.append(words.get((row / 5) % 6)).append(" <b>").append(row % 7).append('\n');
        }
        rows.append("neutral\t\u200B\n");
        rows.append("neutral\t").append("x".repeat(20_001)).append('\n');
        Files.writeString(data, rows);
    }

    @Test
    void shouldMeasureWhatServingWouldDo() throws IOException {
        assertThat(run("--model", sentiment.toString(), "--data", data.toString(), "--json"))
                .isZero();

        JsonNode result = json().path("results").path(0);
        assertThat(json().path("model").asText()).isEqualTo("tiny-sentiment@0.0.1");
        assertThat(result.path("metrics").path("examples").asInt()).isEqualTo(122);
        assertThat(result.path("metrics").path("refused").asInt()).isEqualTo(2);
        assertThat(result.path("refused").path("blank-text").asInt()).isEqualTo(1);
        assertThat(result.path("refused").path("text-too-long").asInt()).isEqualTo(1);
        assertThat(result.path("metrics").has("macroF1.low")).isTrue();
        assertThat(result.path("metrics").path("tokensPerSecond.model").asDouble())
                .isPositive();
        assertThat(result.path("confusion").path("counts")).hasSize(3);
        assertThat(result.path("reliability")).hasSize(15);
        assertThat(text(out)).doesNotContain(SECRET);
    }

    @Test
    void shouldShowTextsOnlyOnThePage() throws IOException {
        Path page = folder.resolve("page.html");

        assertThat(run("--model", sentiment.toString(), "--data", data.toString(), "--html", page.toString()))
                .isZero();

        assertThat(text(out)).contains("accuracy", "macroF1", "122 texts", "tokens/s by the network alone");
        assertThat(text(out) + text(err)).doesNotContain(SECRET);
        assertThat(Files.readString(page)).contains("&lt;b&gt;").doesNotContain("<b>");
    }

    @Test
    void shouldMeasureByTheLabelsOfTheModel() throws IOException {
        rename(sentiment, "negative", "angry", "neutral", "calm");
        Path rows = Files.writeString(folder.resolve("moods.tsv"), "angry\tbad\ncalm\tparis\npositive\tgood\n");
        assertThat(run("--model", sentiment.toString(), "--data", rows.toString(), "--json"))
                .isZero();
        assertThat(json().path("results")
                        .path(0)
                        .path("metrics")
                        .path("examples")
                        .asInt())
                .isEqualTo(3);
        assertThat(run("--model", sentiment.toString(), "--data", data.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).contains("expected a label of [angry, calm, positive], got 'negative'");
    }

    @Test
    void shouldMeasureEntitiesByTheTypesOfTheModel() throws IOException {
        Path entities = folder.resolve("entities");
        TinyBundles.write(entities, Task.ENTITIES);
        Path transitions = entities.resolve(ModelBundle.TRANSITIONS);
        String before = Digests.sha256(transitions);
        Files.writeString(transitions, Files.readString(transitions).replace("-ORG", "-MISC"));
        rename(entities, "ORG", "MISC", before, Digests.sha256(transitions));
        // Entities of types that it does not know are none
        Path conll = Files.writeString(folder.resolve("a.conll"), "Anna\tB-MISC\nParis\tB-corporation\n\n");

        assertThat(run("--model", entities.toString(), "--data", conll.toString(), "--json"))
                .isZero();
        assertThat(json().path("results").path(0).toString())
                .contains("f1.MISC")
                .doesNotContain("f1.ORG");
    }

    /** Puts other words into a manifest. */
    private static void rename(Path bundle, String... names) throws IOException {
        Path manifest = bundle.resolve("manifest.json");
        String text = Files.readString(manifest);
        for (int index = 0; index < names.length; index += 2) {
            text = text.replace('"' + names[index] + '"', '"' + names[index + 1] + '"');
        }
        Files.writeString(manifest, text);
    }

    @Test
    void shouldCompareTwoBundles() throws IOException {
        assertThat(run("--compare", sentiment.toString(), sentiment.toString(), "--data", data.toString(), "--json"))
                .isZero();

        JsonNode result = json().path("results").path(0);
        assertThat(result.path("models")).hasSize(2);
        assertThat(result.path("differences").path("macroF1").path("p").asDouble())
                .isEqualTo(1);
        assertThat(result.path("texts").path("different").asInt()).isZero();
    }

    @Test
    void shouldRecordFiguresWithTheirIntervals() {
        assertThat(run("--model", sentiment.toString(), "--data", data.toString(), "--record"))
                .isZero();

        Map<String, Double> recorded = ModelBundle.open(sentiment)
                .manifest()
                .metrics()
                .values()
                .iterator()
                .next();
        assertThat(recorded).containsKeys("macroF1", "macroF1.low", "macroF1.high", "tokensPerSecond.model");
    }

    @Test
    void shouldCalibrateABundleWithoutChangingItsLabels() throws IOException {
        run("--model", sentiment.toString(), "--data", data.toString(), "--record", "--json");
        JsonNode before = json().path("results").path(0).path("metrics");
        out.reset();

        assertThat(run("--calibrate", "--model", sentiment.toString(), "--data", data.toString()))
                .isZero();

        ModelBundle calibrated = ModelBundle.open(sentiment);
        assertThat(calibrated.manifest().calibration().temperature()).isNotEqualTo(1);
        assertThat(calibrated.manifest().calibration().examples()).isEqualTo(120);
        // What was recorded of the old probabilities is no longer true
        assertThat(calibrated.manifest().metrics().values()).allSatisfy(measures -> assertThat(measures)
                .containsKey("accuracy")
                .doesNotContainKeys("calibrationError", "calibrationError.low", "logLoss"));
        assertThat(text(out)).contains("temperature", "was 1.0000");
        out.reset();
        run("--model", sentiment.toString(), "--data", data.toString(), "--json");
        JsonNode after = json().path("results").path(0).path("metrics");
        assertThat(after.path("macroF1")).isEqualTo(before.path("macroF1"));
        assertThat(after.path("logLoss").asDouble())
                .isLessThan(before.path("logLoss").asDouble());
    }

    @Test
    void shouldCheckWhetherABundleMayComputeInBf16() throws IOException {
        String bundle = sentiment.toString();
        assertThat(run("--check-precision", "--model", bundle, "--data", data.toString()))
                .isEqualTo(ExitCode.OK);

        // Then the manifest says what was found, on too few texts to count
        PrecisionCheck check = Objects.requireNonNull(
                ModelBundle.open(sentiment).manifest().precisionChecks().get("bf16"));
        assertThat(check.data()).endsWith(data.getFileName().toString());
        // Two of the 122 are refused: they have no labels to compare
        assertThat(check.texts()).isEqualTo(120);
        assertThat(check.allows()).isFalse();
        assertThat(text(out)).contains("in bf16: ", " on 120 dev texts; auto stays with fp32, which needs 99.5 %");
        assertThat(run("--check-precision", "--model", bundle, "--data", data.toString(), "--record"))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldEvaluateInThePrecisionThatIsAskedFor() {
        String bundle = sentiment.toString();
        assertThat(run("--precision", "bf16", "--model", bundle, "--data", data.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("one thread, in bf16: set");
        assertThat(run("--precision", "int8", "--model", bundle, "--data", data.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).contains("--precision: expected auto, fp32 or bf16, got 'int8'");
    }

    @Test
    void shouldSayWhatItExpects() throws IOException {
        Path entities = folder.resolve("entities");
        TinyBundles.write(entities, Task.ENTITIES);
        Path conll = Files.writeString(folder.resolve("dev.conll"), "Anna\tB-PER\n");
        String bundle = sentiment.toString();
        String texts = data.toString();

        assertThat(run("--data", texts)).isEqualTo(ExitCode.USAGE);
        assertThat(run("--model", bundle, "--compare", bundle, bundle, "--data", texts))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("--compare", bundle, entities.toString(), "--data", texts))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("--compare", bundle, bundle, "--record", "--data", texts))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("--model", bundle, "--data", texts, "--html", folder.toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("--calibrate", "--model", entities.toString(), "--data", conll.toString()))
                .isEqualTo(ExitCode.USAGE);

        assertThat(text(err).lines())
                .hasSize(6)
                .allSatisfy(line -> assertThat(line).startsWith("glosstream: ").contains(": expected ", ", got "))
                .noneSatisfy(line -> assertThat(line).containsPattern("[a-z]Exception"));
    }

    private int run(String... arguments) {
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                false);
        String[] all = new String[arguments.length + 1];
        all[0] = "evaluate";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Main.run(surroundings, all);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(text(out));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
