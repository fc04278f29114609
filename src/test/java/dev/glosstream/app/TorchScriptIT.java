package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.infer.VariedBundles;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.BundleAgreement;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusReader;
import dev.glosstream.train.evaluate.BundleEvaluator;
import dev.glosstream.train.evaluate.Report;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opentest4j.TestAbortedException;

/** The Python side for real: train there and serve here, train here and export there. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TorchScriptIT {
    private static final Path RECIPES = Path.of("src/test/resources/torchscript");
    private static final Path SAMPLES = Path.of("samples/train");
    /** What the export promises. */
    private static final double LOGITS = 1e-4;
    /** The figures that Python measured were written with all their digits. */
    private static final double EXACT = 1e-9;
    /** Of a model that is as small as this one, and of texts most of whose words it does not know. */
    private static final double SAME_IN_BF16 = 0.95;

    private PythonProgram python;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void requirePyTorch() {
        try {
            python = PythonProgram.find(null);
        } catch (CommandException noPython) {
            throw new TestAbortedException("the Python side needs PyTorch: " + noPython.getMessage(), noPython);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"sentiment, tsv", "entities, conll"})
    void shouldServeWhatPythonTrains(String task, String format) throws IOException {
        // Given what training would read
        Path prepared = folder.resolve("small-" + task);
        String data = SAMPLES + "/" + task + "-train." + format;
        String dev = SAMPLES + "/" + task + "-dev." + format;
        run(
                "train",
                task,
                "--prepare",
                "--recipe",
                RECIPES.resolve(task + ".yaml").toString(),
                "--data",
                data,
                "--dev",
                dev,
                "--out",
                prepared.toString());

        // When Python trains on it
        Path bundle = folder.resolve("bundle");
        python.run(
                Path.of("training/train.py"), prepared.toString(), "--out", bundle.toString(), "--precision", "both");

        // Then the stages that serve measure what Python measured, and know by heart what was trained on
        ModelBundle trained = ModelBundle.open(bundle);
        Report measured = evaluate(trained, dev);
        Map<String, Double> expected = trained.manifest().metrics().getOrDefault("dev", Map.of());
        assertThat(expected).containsKey("examples").hasSizeGreaterThan(5);
        expected.forEach((name, value) -> assertThat(measured.metrics())
                .hasEntrySatisfying(name, served -> assertThat(served).isCloseTo(value, within(EXACT))));
        assertThat(evaluate(trained, data).score()).isGreaterThan(0.9);
        ModelBundle bf16 = ModelBundle.open(folder.resolve("bundle-bf16"));
        assertThat(BundleAgreement.of(trained, bf16, texts()).sameShare()).isGreaterThan(SAME_IN_BF16);
    }

    private static Report evaluate(ModelBundle bundle, String data) {
        List<CorpusFile> files = CorpusFile.resolve(data, Path.of(""), bundle.task(), CorpusFile.Part.TRAINING);
        return BundleEvaluator.evaluate(bundle, new CorpusReader(false).read(files.get(0)));
    }

    @ParameterizedTest(name = "{0}, {1} layer(s), {2}, layer norm {3}, start {4}, {5}")
    @CsvSource({
        "SENTIMENT, 1, BOTH,    false, ZERO,    MAX_MEAN",
        "SENTIMENT, 2, FORWARD, true,  LEARNED, LAST",
        "SENTIMENT, 1, BOTH,    true,  LEARNED, LAST",
        "SENTIMENT, 2, BOTH,    false, ZERO,    ATTENTION",
        "ENTITIES,  2, BOTH,    true,  LEARNED, MAX_MEAN",
        "ENTITIES,  1, FORWARD, false, ZERO,    MAX_MEAN",
    })
    void shouldExportToTheSameLogits(
            Task task,
            int layers,
            LstmSettings.Directions directions,
            boolean layerNorm,
            LstmSettings.InitialState start,
            Architecture.Representation representation)
            throws IOException {
        ModelBundle bundle = VariedBundles.write(
                folder.resolve("djl"),
                task,
                architecture(new LstmSettings(6, layers, directions, layerNorm, start), representation));

        run(
                "export",
                "--torchscript",
                "--model",
                folder.resolve("djl").toString(),
                "--out",
                folder.resolve("ts").toString());

        ModelBundle exported = ModelBundle.open(folder.resolve("ts"));
        assertThat(exported.id()).isEqualTo(bundle.id() + "+torchscript.fp32");
        BundleAgreement agreement = BundleAgreement.of(bundle, exported, texts());
        assertThat(agreement.texts()).isEqualTo(texts().size());
        assertThat(agreement.largestDifference()).isLessThan(LOGITS);
        assertThat(agreement.sameShare()).isEqualTo(1);
        assertThat(text(out)).contains("labels of " + agreement.texts() + " (100.00 %) are the same");
    }

    /** A column of every kind; two share a table of entries, one has n-grams of which each token has one. */
    private static Architecture architecture(LstmSettings lstm, Architecture.Representation representation) {
        List<TokenColumn> columns = new ArrayList<>(VariedBundles.everyColumn());
        columns.add(new EntryColumn(EntryColumn.Feature.PREFIX, 3, 3, "suffix.txt"));
        columns.add(new NgramColumn(2, 2, 1, 20, 3));
        return VariedBundles.architecture(lstm, representation).with(columns);
    }

    @Test
    void shouldExportInBf16AndCompareOnGivenTexts() throws IOException {
        VariedBundles.write(
                folder.resolve("djl"),
                Task.SENTIMENT,
                architecture(LstmSettings.bidirectional(6, 1), Architecture.Representation.MAX_MEAN));
        Files.write(folder.resolve("texts.txt"), texts().subList(0, 7));

        run(
                "export",
                "--torchscript",
                "--precision",
                "bf16",
                "--check",
                folder.resolve("texts.txt").toString(),
                "--model",
                folder.resolve("djl").toString(),
                "--out",
                folder.resolve("ts").toString());

        assertThat(ModelBundle.open(folder.resolve("ts")).manifest().weights().precision())
                .isEqualTo("bf16");
        assertThat(text(out)).contains("7 texts: logits differ by at most ");
    }

    @Test
    void shouldPassTheTestsOfPython() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(python.executable(), "-W", "ignore", "-m", "unittest")
                .directory(Path.of("training").toFile())
                .redirectErrorStream(true);
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).containsPattern("Ran [1-9][0-9]+ tests");
    }

    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : Files.readAllLines(Path.of("samples/events.jsonl"))) {
            JsonNode text = json.readTree(line).get("text");
            texts.add(text.asText().replace('\n', ' '));
        }
        return texts;
    }

    private void run(String... arguments) {
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                out,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                false);
        assertThat(Main.run(surroundings, arguments)).as(text(err)).isZero();
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
