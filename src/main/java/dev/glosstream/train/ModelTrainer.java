package dev.glosstream.train;

import dev.glosstream.model.IdSpace;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.tokenize.Tokenizer;
import dev.glosstream.train.corpus.CorpusExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Trains a bundle: vocabularies from the texts, epochs of gradient steps, after each the dev score through the stages that
 * serve; the best epoch is kept.
 */
public final class ModelTrainer {
    static final String WEIGHTS = "weights.params";
    private static final String WORKSPACE = ".training";

    private final TrainingRecipe recipe;
    private final String program;
    private final ProgressListener listener;
    private final Tokenizer tokenizer = new Tokenizer();

    /**
     * Creates a trainer.
     *
     * @param program name and version of this program, for the manifest
     */
    public ModelTrainer(TrainingRecipe recipe, String program, ProgressListener listener) {
        this.recipe = recipe;
        this.program = program;
        this.listener = listener;
    }

    /**
     * Trains and writes the bundle.
     *
     * @param root where paths of lexicons and pretrained vectors start
     * @param out folder of the bundle, made if it does not exist; its files are replaced when training ends, not before
     * @return the bundle of the best epoch
     */
    public ModelBundle train(TrainingData data, Path root, Path out) throws IOException {
        Path workspace = out.resolve(WORKSPACE);
        deleteAll(workspace);
        Path candidate = Files.createDirectories(workspace.resolve("candidate"));
        Path best = Files.createDirectories(workspace.resolve("best"));
        List<CorpusExample> examples = augmented(data);
        List<TokenizedText> texts = tokenized(examples);
        ColumnFiles files = new ColumnFiles(recipe.columns(), root);
        List<IdSpace> ids = files.write(texts, candidate);
        List<EncodedExample> encoded =
                encode(examples, texts, ids, recipe.training().maxSequenceLength());
        ModelManifest manifest = manifest(
                data.training().sources(),
                new ModelManifest.Weights(WEIGHTS, ModelManifest.Weights.DJL_PARAMETERS, ModelManifest.Weights.FP32));
        try (TrainingSession session = TrainingSession.open(recipe, manifest, ids, files, encoded)) {
            session.coverage().forEach(listener::onNote);
            run(session, manifest, data.dev(), candidate, best);
            publish(best, out);
        } finally {
            deleteAll(workspace);
        }
        return ModelBundle.open(out);
    }

    /**
     * Writes what training would read, for {@code training/train.py}, instead of training.
     *
     * @param root where paths of lexicons and pretrained vectors start
     * @param out folder to write, made if it does not exist
     */
    public void prepare(TrainingData data, Path root, Path out) throws IOException {
        Files.createDirectories(out);
        List<CorpusExample> examples = augmented(data);
        List<TokenizedText> texts = tokenized(examples);
        ColumnFiles files = new ColumnFiles(recipe.columns(), root);
        List<IdSpace> ids = files.write(texts, out);
        TrainingFolder folder = new TrainingFolder(recipe, out);
        folder.writeExamples(
                TrainingFolder.TRAINING,
                encode(examples, texts, ids, recipe.training().maxSequenceLength()));
        List<CorpusExample> dev = data.dev().examples();
        folder.writeExamples(
                TrainingFolder.DEV,
                encode(dev, tokenized(dev), ids, recipe.architecture().maxSequenceLength()));
        folder.writeNetwork(manifest(data.training().sources(), TrainingFolder.WEIGHTS_TO_BE), ids, files);
    }

    private List<TokenizedText> tokenized(List<CorpusExample> examples) {
        return examples.stream()
                .map(example -> tokenizer.tokenize(example.text()))
                .toList();
    }

    private void run(TrainingSession session, ModelManifest manifest, Corpus dev, Path candidate, Path best)
            throws IOException {
        double bestScore = Double.NEGATIVE_INFINITY;
        int bestEpoch = 0;
        for (int epoch = 1; epoch <= recipe.training().epochs(); epoch++) {
            double loss = session.runEpoch(epoch, listener);
            List<String> files = new ArrayList<>(session.writeWeights(candidate, WEIGHTS));
            files.addAll(ModelBundle.columnFiles(manifest.architecture()));
            ModelBundle.seal(candidate, manifest.afterTraining(epoch, Map.of()), files);
            Report report = BundleEvaluator.evaluate(ModelBundle.open(candidate), dev.examples());
            boolean kept = report.score() > bestScore;
            if (kept) {
                bestScore = report.score();
                bestEpoch = epoch;
                ModelBundle.seal(candidate, manifest.afterTraining(epoch, Map.of("dev", report.metrics())), files);
                publish(candidate, best);
            }
            listener.onEpochEnd(epoch, loss, report, kept);
            if (epoch - bestEpoch >= recipe.training().patience()) {
                break;
            }
        }
    }

    private List<CorpusExample> augmented(TrainingData data) {
        Random random = new Random(recipe.training().seed());
        List<CorpusExample> renamed = new MentionCopies(data.names(), random)
                .add(data.training().examples(), recipe.training().mentionCopies());
        return CaseCopies.add(renamed, recipe.training().caseCopies(), random);
    }

    private List<EncodedExample> encode(
            List<CorpusExample> examples, List<TokenizedText> texts, List<IdSpace> ids, int maxSequenceLength) {
        TokenEncoder encoder = new TokenEncoder(recipe.architecture().reading(maxSequenceLength), ids);
        ExampleEncoder targets = new ExampleEncoder(recipe.task(), recipe.labels(), encoder);
        List<EncodedExample> encoded = new ArrayList<>(examples.size());
        for (int index = 0; index < examples.size(); index++) {
            if (!texts.get(index).tokens().isEmpty()) {
                encoded.add(targets.encode(examples.get(index), texts.get(index)));
            }
        }
        return encoded;
    }

    private ModelManifest manifest(List<ModelManifest.Corpus> sources, ModelManifest.Weights weights) {
        return new ModelManifest(
                ModelManifest.FORMAT_VERSION,
                recipe.name(),
                recipe.version(),
                recipe.task(),
                recipe.license(),
                recipe.attributions(),
                Tokenizer.NAME,
                recipe.labels(),
                recipe.architecture(),
                weights,
                new ModelManifest.Training(
                        sources,
                        recipe.training().asText(),
                        program,
                        recipe.training().seed(),
                        0),
                Map.of(),
                Map.of());
    }

    /** Puts the candidate's files in place one by one, the manifest last: until then the old one does not fit. */
    private static void publish(Path candidate, Path out) throws IOException {
        try (Stream<Path> files = Files.list(candidate)) {
            for (Path file :
                    files.filter(each -> !each.endsWith(ModelBundle.MANIFEST)).toList()) {
                Files.copy(file, out.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.copy(
                candidate.resolve(ModelBundle.MANIFEST),
                out.resolve(ModelBundle.MANIFEST),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static void deleteAll(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
