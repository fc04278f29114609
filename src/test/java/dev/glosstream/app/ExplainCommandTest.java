package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.explain.TextExplainer;
import dev.glosstream.explain.TextExplanation;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.infer.VariedBundles;
import dev.glosstream.model.Architecture.Representation;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainCommandTest {
    @TempDir
    private static Path models;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void writeBundles() {
        TinyBundles.write(models.resolve("sentiment"), Task.SENTIMENT);
        TinyBundles.write(models.resolve("entities"), Task.ENTITIES);
        VariedBundles.write(
                models.resolve("varied"),
                Task.SENTIMENT,
                VariedBundles.architecture(LstmSettings.bidirectional(12, 2), Representation.ATTENTION));
    }

    @Test
    void shouldPrintEveryStageForAText() {
        assertThat(explain("sentiment", "Not good!")).isZero();

        assertThat(lines())
                .startsWith("tiny-sentiment@0.0.1 reads: Not good!")
                .contains(
                        "Tokens",
                        "Ids",
                        "  0  Not    not 6   Xxx 3",
                        "  states         [1, 3, 12]  6 read forwards, 6 backwards",
                        "  text           [1, 24]     maximum and mean of the states over the tokens",
                        "  Layer 1 of 1, from the first token to the last",
                        "  Layer 1 of 1, from the last token to the first",
                        "What stands for the text",
                        "What each token is worth")
                .anyMatch(line -> line.contains("(allowed: 1e-04)"))
                .anyMatch(line -> line.matches("The answer: (negative|neutral|positive)"));
    }

    @Test
    void shouldPrintHowTagsWereChosen() {
        assertThat(explain("entities", "Anna works in Paris")).isZero();

        assertThat(lines())
                .contains("Emissions: what the network gives each tag at each token", "The best path")
                .anyMatch(line -> line.contains("O  B-PER  I-PER  B-LOC  I-LOC  B-ORG  I-ORG"))
                .anyMatch(line -> line.startsWith("The answer: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!",
                "good",
                "a\u001B[31mb \u202Eturned\u0007 round",
                "👩‍👩‍👧 שלום עולם 12 東京 مرحبا",
                "supercalifragilisticexpialidociousandmuchmuchlonger http://example.org/a/very/long/link"
            })
    void shouldStayWithinTheLineAndSafeForTheTerminal(String text) {
        for (String model : List.of("sentiment", "entities", "varied")) {
            assertThat(explain(model, text)).isZero();
        }

        assertThat(lines()).allSatisfy(line -> {
            assertThat(DisplayWidth.of(line)).as(line).isLessThanOrEqualTo(ExplainText.WIDTH);
            assertThat(line).doesNotContainPattern("[\\p{Cc}\\u202E]");
        });
    }

    @Test
    void shouldCutLongTextsAndSaySo() {
        String text = "paris is good . ".repeat(20);

        explain("entities", text);
        assertThat(lines())
                .contains("  … 48 more tokens; --steps prints all")
                .noneMatch(line -> line.startsWith("  40  "));

        out.reset();
        explain("entities", text, "--steps");
        assertThat(lines())
                .noneMatch(line -> line.contains("more tokens"))
                .anyMatch(line -> line.startsWith("  63  ."))
                .anyMatch(line -> line.startsWith("    f  forget gate   mean"))
                .allSatisfy(line -> assertThat(DisplayWidth.of(line)).isLessThanOrEqualTo(ExplainText.WIDTH));
    }

    @Test
    void shouldSayThatATokenIsUnknown() {
        explain("sentiment", "zyxgraf");

        assertThat(lines()).contains("  0  zyxgraf  ? zyxgraf 1  xx 2");
    }

    @Test
    void shouldPrintEveryValueAsJson() throws IOException {
        assertThat(explain("entities", "Anna works", "--steps", "--json")).isZero();

        JsonNode root = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(root.get("text").asText()).isEqualTo("Anna works");
        JsonNode model = root.get("models").get(0);
        assertThat(model.get("model").asText()).isEqualTo("tiny-entities@0.0.1");
        assertThat(model.get("tokens").get(1).get("start").asInt()).isEqualTo(5);
        assertThat(model.get("columns")
                        .get(0)
                        .get("tokens")
                        .get(0)
                        .get("ids")
                        .get(0)
                        .asInt())
                .isEqualTo(8);
        assertThat(model.get("vectors")).hasSize(2);
        assertThat(model.get("vectors").get(0)).hasSize(12);
        JsonNode backward = model.get("layers").get(0).get("backward");
        assertThat(backward.get(0).get("token").asInt()).isEqualTo(1);
        JsonNode hidden = backward.get(1).get("h").get("values");
        assertThat(hidden).hasSize(6);
        for (int unit = 0; unit < 6; unit++) {
            assertThat(hidden.get(unit).asDouble())
                    .as("plain Java's last backward state is the engine's")
                    .isCloseTo(model.get("states").get(0).get(6 + unit).asDouble(), within(1e-5));
        }
        assertThat(model.get("scores")).hasSize(2);
        assertThat(model.get("path").get("steps")).hasSize(2);
        assertThat(model.get("losses")).hasSize(2);
        assertThat(model.get("largestDifference").asDouble()).isLessThan(1e-4);
    }

    @Test
    void shouldLeaveTheValuesOutOfJsonUnlessAskedFor() throws IOException {
        explain("sentiment", "good", "--json");

        JsonNode model = new ObjectMapper()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .get("models")
                .get(0);
        assertThat(model.has("vectors")).isFalse();
        assertThat(model.get("layers").get(0).get("forward").get(0).get("h").has("values"))
                .isFalse();
        assertThat(model.get("sentiment").get("scores")).hasSize(3);
        assertThat(model.get("maxima")).hasSize(1);
    }

    @Test
    void shouldExplainWhatCanBeSeenOfAScriptedModule() {
        TextExplanation whole = explanation();
        TextExplanation scripted = new TextExplanation(
                whole.bundle(),
                whole.text(),
                whole.read(),
                whole.columns(),
                Optional.empty(),
                whole.scores(),
                whole.path(),
                whole.labels(),
                whole.probability(),
                whole.losses());

        List<String> lines = new ExplainText(false).lines(scripted);

        assertThat(lines)
                .contains("Tokens", "Ids", "What each token is worth")
                .anyMatch(line -> line.contains("scripted module"))
                .noneMatch(line -> line.contains("LSTM, step by step"));
        assertThat(new ExplainJson(true).line("good", List.of(scripted)))
                .doesNotContain("layers")
                .contains("scores");
    }

    private static TextExplanation explanation() {
        try (LoadedModel model = LoadedModel.load(ModelBundle.open(models.resolve("sentiment")));
                TextExplainer explainer = new TextExplainer(model)) {
            return explainer.explain("good").fold(explanation -> explanation, rejection -> {
                throw new AssertionError(rejection);
            });
        }
    }

    @Test
    void shouldRefuseATextThatNoModelReads() {
        assertThat(explain("sentiment", " ")).isEqualTo(ExitCode.USAGE);
        assertThat(run("explain")).isEqualTo(ExitCode.USAGE);
        assertThat(run("explain", "--one-hot", "text")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(3).allSatisfy(line -> assertThat(line)
                .containsIgnoringCase("glosstream: text: expected"));
    }

    private int explain(String model, String text, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "explain";
        arguments[1] = text;
        arguments[2] = "--model=" + models.resolve(model);
        System.arraycopy(more, 0, arguments, 3, more.length);
        return run(arguments);
    }

    private int run(String... arguments) {
        return Main.run(
                new Surroundings(
                        new ByteArrayInputStream(new byte[0]),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        false),
                arguments);
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
