package dev.glosstream.train;

import dev.glosstream.model.IdSpace;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.tokenize.Tokenizer;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.evaluate.BundleEvaluator;
import dev.glosstream.train.evaluate.DevMeasures;
import dev.glosstream.train.evaluate.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Trains a bundle: vocabularies from the texts, epochs of gradient steps, after each the dev score through the stages that
 * serve; the best epoch is kept.
 */
public final class ModelTrainer {
    static final String WEIGHTS = "weights.params";
    private static final ModelManifest.Weights AS_DJL_WRITES =
            new ModelManifest.Weights(WEIGHTS, ModelManifest.Weights.DJL_PARAMETERS, ModelManifest.Weights.FP32);

    private final TrainingRecipe recipe;
    private final String program;
    private final ProgressListener listener;

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
     * Trains and writes the bundle from the beginning; an unfinished training of it is thrown away.
     *
     * @param root where paths of lexicons and pretrained vectors start
     * @param out folder of the bundle, made if it does not exist; its files are replaced when training ends, not before
     * @return the bundle of the best epoch
     */
    public ModelBundle train(TrainingData data, Path root, Path out) throws IOException {
        Workspace workspace = new Workspace(out);
        if (workspace.isUnfinished()) {
            listener.onNote(
                    "an unfinished training in " + out + " is thrown away; --resume would have gone on with it");
        }
        workspace.clear();
        return train(data, root, workspace);
    }

    /**
     * Goes on with a training that was killed, to the same weights bit by bit, given the same number of threads; without
     * one it begins.
     *
     * @param root where paths of lexicons and pretrained vectors start
     * @param out folder of the bundle; if it holds one and nothing unfinished, that is returned
     * @throws IllegalArgumentException if recipe or data are not those of the unfinished training
     */
    public ModelBundle resume(TrainingData data, Path root, Path out) throws IOException {
        Workspace workspace = new Workspace(out);
        if (!workspace.isUnfinished() && Files.exists(out.resolve(ModelBundle.MANIFEST))) {
            listener.onNote("nothing to resume: " + out + " holds a finished bundle");
            return ModelBundle.open(out);
        }
        return train(data, root, workspace);
    }

    /**
     * Writes what training would read, for {@code training/train.py}, instead of training.
     *
     * @param root where paths of lexicons and pretrained vectors start
     * @param out folder to write, made if it does not exist
     */
    public void prepare(TrainingData data, Path root, Path out) throws IOException {
        Files.createDirectories(out);
        ColumnFiles files = new ColumnFiles(recipe.columns(), root);
        ExamplePreparation preparation = new ExamplePreparation(recipe, listener);
        List<CorpusExample> examples = preparation.examples(data);
        List<IdSpace> ids = files.write(preparation.tokenized(examples), out);
        TrainingFolder folder = new TrainingFolder(recipe, out);
        try (EncodedExamples encoded = EncodedExamples.temporary()) {
            preparation.encode(examples, ids, encoded);
            folder.writeExamples(TrainingFolder.TRAINING, encoded);
        }
        folder.writeExamples(
                TrainingFolder.DEV, preparation.encodeToMeasure(data.dev().examples(), ids));
        folder.writeNetwork(
                manifest(data.training().plus(data.unlabelled()).sources(), TrainingFolder.WEIGHTS_TO_BE), ids, files);
    }

    private ModelBundle train(TrainingData data, Path root, Workspace workspace) throws IOException {
        workspace.create();
        ColumnFiles files = new ColumnFiles(recipe.columns(), root);
        ExamplePreparation preparation = new ExamplePreparation(recipe, listener);
        List<CorpusExample> examples = preparation.examples(data);
        CheckpointFile checkpoint = new CheckpointFile(
                workspace.checkpoint(), Fingerprints.of(recipe, program), Fingerprints.of(examples, data));
        List<IdSpace> ids = files.write(preparation.tokenized(examples), workspace.candidate());
        ModelManifest manifest =
                manifest(data.training().plus(data.unlabelled()).sources(), AS_DJL_WRITES);
        RunState state;
        try (EncodedExamples encoded = EncodedExamples.in(workspace.examples())) {
            preparation.encode(examples, ids, encoded);
            try (TrainingSession session = TrainingSession.open(recipe, manifest, ids, files, encoded)) {
                session.coverage().forEach(listener::onNote);
                state = restored(session, checkpoint);
                while (!state.isOver(
                        recipe.training().epochs(), recipe.training().patience())) {
                    runEpoch(session, state, manifest, data.dev(), workspace, checkpoint);
                }
            }
        }
        return workspace.publish(state.history());
    }

    private RunState restored(TrainingSession session, CheckpointFile checkpoint) throws IOException {
        RunState state = new RunState();
        if (checkpoint.exists()) {
            checkpoint.read(in -> {
                state.read(in);
                session.read(in);
            });
            listener.onNote("going on in epoch " + state.epoch() + " after step " + state.step());
        }
        return state;
    }

    private void runEpoch(
            TrainingSession session,
            RunState state,
            ModelManifest manifest,
            Corpus dev,
            Workspace workspace,
            CheckpointFile checkpoint)
            throws IOException {
        TrainingSession.Checkpoint save = () -> checkpoint.write(out -> {
            state.write(out);
            session.write(out);
        });
        session.runEpoch(state, listener, save);
        int epoch = state.epoch();
        double loss = state.meanLoss();
        Path candidate = workspace.candidate();
        List<String> files = new ArrayList<>(session.writeWeights(candidate, WEIGHTS));
        files.addAll(ModelBundle.columnFiles(manifest.architecture()));
        ModelBundle.seal(candidate, manifest.afterTraining(epoch, Map.of()), files);
        Report report = BundleEvaluator.evaluate(ModelBundle.open(candidate), dev.examples());
        boolean kept = state.isBest(report.score());
        if (kept) {
            ModelBundle.seal(candidate, DevMeasures.of(report).in(manifest, epoch), files);
            workspace.keep();
        }
        state.onEpochEnd(report.score());
        save.write();
        listener.onEpochEnd(epoch, loss, report, kept);
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
                ModelManifest.Calibration.NONE,
                Map.of(),
                Map.of(),
                Map.of());
    }
}
