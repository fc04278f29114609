package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.model.BundleException;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.tokenize.Tokenizer;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusReader;
import dev.glosstream.train.evaluate.BundleEvaluator;
import dev.glosstream.train.evaluate.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bundles that {@code training/train.py} wrote, and files of others in their place. */
class TorchScriptTest {
    private static final Path RESOURCES = Path.of("src/test/resources/torchscript");
    private static final Path SENTIMENT = RESOURCES.resolve("bundles/sentiment-bf16");
    private static final Path ENTITIES = RESOURCES.resolve("bundles/entities");
    private static final Path SAMPLES = Path.of("samples/train");

    /** Single precision over two layers. */
    private static final float ROUNDING = 1e-4f;
    /** The figures that Python measured were written with all their digits. */
    private static final double EXACT = 1e-9;

    @TempDir
    private Path folder;

    @Test
    void shouldServeEntitiesAsWellAsPythonMeasured() throws IOException {
        Report dev = evaluate(ENTITIES, "entities-dev.conll");

        Map<String, Double> measured =
                ModelBundle.open(ENTITIES).manifest().metrics().getOrDefault("dev", Map.of());
        assertThat(measured).containsKeys("examples", "f1", "f1.PER");
        measured.forEach((name, value) -> assertThat(dev.metrics())
                .hasEntrySatisfying(name, served -> assertThat(served).isCloseTo(value, within(EXACT))));
        assertThat(evaluate(ENTITIES, "entities-train.conll").score()).isGreaterThan(0.97);
    }

    @Test
    void shouldServeSentimentInBf16() throws IOException {
        ModelBundle bundle = ModelBundle.open(SENTIMENT);

        assertThat(bundle.manifest().weights())
                .isEqualTo(new ModelManifest.Weights("weights.pt", "torchscript", "bf16"));
        assertThat(evaluate(SENTIMENT, "sentiment-train.tsv").metrics().get("accuracy"))
                .isGreaterThan(0.98);
    }

    private static Report evaluate(Path bundle, String data) throws IOException {
        ModelBundle opened = ModelBundle.open(bundle);
        List<CorpusFile> files = CorpusFile.resolve(data, SAMPLES, opened.task(), CorpusFile.Part.TRAINING);
        return BundleEvaluator.evaluate(opened, new CorpusReader(false).read(files.get(0)));
    }

    @Test
    void shouldScoreATextAloneAsBesideLongerOnes() {
        ModelBundle bundle = ModelBundle.open(ENTITIES);
        TokenEncoder encoder = TokenEncoder.of(bundle);
        List<TokenIds> texts = Stream.of("Paris", "Anna Smith works in Paris for Acme Ltd .", "She flew to Rome")
                .map(text -> encoder.encode(new Tokenizer().tokenize(text)))
                .toList();
        try (LoadedModel model = LoadedModel.load(bundle);
                SequenceScorer scorer = model.newScorer()) {
            List<ScoreMatrix> together = scorer.score(new PaddedBatch(texts));

            for (int row = 0; row < texts.size(); row++) {
                ScoreMatrix alone =
                        scorer.score(new PaddedBatch(List.of(texts.get(row)))).get(0);
                assertThat(together.get(row).rows()).isEqualTo(texts.get(row).sequenceLength());
                assertThat(values(together.get(row)))
                        .usingComparatorWithPrecision(ROUNDING)
                        .containsExactly(values(alone));
            }
        }
    }

    private static float[] values(ScoreMatrix matrix) {
        float[] values = new float[matrix.rows() * matrix.columns()];
        for (int cell = 0; cell < values.length; cell++) {
            values[cell] = matrix.at(cell / matrix.columns(), cell % matrix.columns());
        }
        return values;
    }

    @Test
    void shouldServeAProgramOfSomebodyElseThatKeepsToTheSignature() throws IOException {
        LoadedModel.load(withWeights("sound")).close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "no-lengths    | got Expected at most 4 argument(s) for operator 'forward', but received 5 argument(s). Declaration: forward(__torch__.no_lengths self, Tensor ids0, Tensor ids1, Tensor ids2) -> Tensor;",
                "list-of-ids   | Declaration: forward(__torch__.list_of_ids self, Tensor[] ids, Tensor lengths) -> Tensor;",
                "four-classes  | got output float32 (2, 4) where (2, 3) is due",
                "each-token    | got output float32 (2, 12, 3) where (2, 3) is due",
                "half-precision| got output (2, 3) of another type than float32;",
                "tuple         | got output of type (Tensor, Tensor)",
                "not-a-number  | got output that is not finite",
                "reads-padding | it reads what lies behind a text's length",
                "small-table   | got RuntimeError: index out of range in self;",
            })
    void shouldRefuseAFileOfAnotherSignature(String file, String found) throws IOException {
        ModelBundle bundle = withWeights(file);

        assertThatThrownBy(() -> LoadedModel.load(bundle).close())
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(
                        "model 'small-sentiment@1.0.0+bf16': expected 'weights.pt' to be a TorchScript module forward("
                                + "ids0 int64 [B, T], ids1 int64 [B, T, 8], ids2 int64 [B, T], lengths int64 [B]) -> float32 [B, 3], got ")
                .hasMessageContaining(found)
                .hasMessageContaining("; write it with 'glosstream export --torchscript'");
    }

    @Test
    void shouldRefuseFilesThatAreNoTorchScript() throws IOException {
        byte[] sound = Files.readAllBytes(SENTIMENT.resolve("weights.pt"));
        for (byte[] bytes : List.of(
                new byte[0],
                "no weights".getBytes(StandardCharsets.UTF_8),
                Arrays.copyOf(sound, sound.length / 2),
                damaged(sound))) {
            ModelBundle bundle = withWeights(bytes);

            assertThatThrownBy(() -> LoadedModel.load(bundle).close())
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("expected 'weights.pt' to be a TorchScript module forward(");
        }
    }

    /** Breaks the program within the archive, whose table of contents at the end stays whole. */
    private static byte[] damaged(byte[] sound) {
        byte[] broken = sound.clone();
        Arrays.fill(broken, 0, broken.length / 3, (byte) 'x');
        return broken;
    }

    @Test
    void shouldGoOnScoringAfterABatchThatFails() {
        ModelBundle bundle = ModelBundle.open(SENTIMENT);
        TokenIds sound = TokenEncoder.of(bundle).encode(new Tokenizer().tokenize("good"));
        int[][] beyond = {{1_000_000}, new int[8], {1}};
        try (LoadedModel model = LoadedModel.load(bundle);
                SequenceScorer scorer = model.newScorer()) {
            List<ScoreMatrix> before = scorer.score(new PaddedBatch(List.of(sound)));

            assertThatThrownBy(() -> scorer.score(new PaddedBatch(List.of(new TokenIds(1, beyond)))))
                    .isInstanceOf(InferenceException.class)
                    .hasMessageContaining("model 'small-sentiment@1.0.0+bf16': failed on PaddedBatch[1, 1]");

            assertThat(scorer.score(new PaddedBatch(List.of(sound)))).isEqualTo(before);
        }
    }

    @Test
    void shouldRefuseWeightsOfAnUnknownFormat() throws IOException {
        ModelManifest manifest = ModelBundle.open(SENTIMENT).manifest();
        ModelBundle bundle = sealed(
                manifest.exported(new ModelManifest.Weights("weights.pt", "onnx", "fp32")),
                Files.readAllBytes(SENTIMENT.resolve("weights.pt")));

        assertThatThrownBy(() -> LoadedModel.load(bundle).close())
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("expected weights of format 'djl-parameters' or 'torchscript', got 'onnx'");
    }

    @Test
    void shouldKnowBf16OfTorchScriptOnly() {
        assertThatThrownBy(() -> new ModelManifest.Weights("weights.params", "djl-parameters", "bf16"))
                .hasMessageContaining(
                        "expected precision 'fp32', or 'bf16' of format 'torchscript', got 'bf16' of format"
                                + " 'djl-parameters'");
    }

    private ModelBundle withWeights(String file) throws IOException {
        return withWeights(Files.readAllBytes(RESOURCES.resolve("foreign").resolve(file + ".pt")));
    }

    private ModelBundle withWeights(byte[] weights) throws IOException {
        return sealed(ModelBundle.open(SENTIMENT).manifest(), weights);
    }

    private ModelBundle sealed(ModelManifest manifest, byte[] weights) throws IOException {
        assertThat(manifest.task()).isEqualTo(Task.SENTIMENT);
        List<String> names = new ArrayList<>(manifest.files().keySet());
        for (String name : names) {
            Files.copy(SENTIMENT.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(folder.resolve("weights.pt"), weights);
        ModelBundle.seal(folder, manifest, names);
        return ModelBundle.open(folder);
    }
}
