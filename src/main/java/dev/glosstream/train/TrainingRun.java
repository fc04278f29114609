package dev.glosstream.train;

import dev.glosstream.model.IdSpace;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.tokenize.Tokenizer;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.JoinedList;
import dev.glosstream.train.evaluate.BundleEvaluator;
import dev.glosstream.train.evaluate.DevMeasures;
import dev.glosstream.train.evaluate.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A run of training from data to bundles: of one task, or of several that share an encoder and end as a bundle each.
 *
 * <p>After each epoch every task is measured on its dev data; the epoch with the best mean of their scores is kept, for all
 * tasks the same: they share its encoder. One thread.
 */
final class TrainingRun {
    static final String WEIGHTS = "weights.params";
    private static final ModelManifest.Weights AS_DJL_WRITES =
            new ModelManifest.Weights(WEIGHTS, ModelManifest.Weights.DJL_PARAMETERS, ModelManifest.Weights.FP32);

    private final List<Part> parts;
    private final String program;
    private final ProgressListener listener;
    private final Workspace workspace;
    private final ColumnFiles columns;
    private final Pretraining pretraining;

    /**
     * A task of a run.
     *
     * @param lossWeight by which its loss is multiplied, above 0
     */
    record Part(TrainingRecipe recipe, TrainingData data, double lossWeight) {}

    /**
     * Creates a run.
     *
     * @param parts of the same columns, network and settings of the whole run
     * @param program name and version of this program, for the manifests
     * @param root where paths of lexicons and pretrained vectors start
     * @param workspace for as many bundles as there are parts
     */
    TrainingRun(List<Part> parts, String program, ProgressListener listener, Path root, Workspace workspace) {
        this.parts = List.copyOf(parts);
        this.program = program;
        this.listener = listener;
        this.workspace = workspace;
        this.columns = new ColumnFiles(parts.get(0).recipe().columns(), root);
        this.pretraining = new Pretraining(
                parts.get(0).recipe().pretraining(), parts.get(0).data().texts(), workspace, columns, listener);
    }

    /** Trains from the beginning; what is unfinished is thrown away. */
    List<ModelBundle> train(Path out) throws IOException {
        if (workspace.isUnfinished()) {
            listener.onNote(
                    "an unfinished training in " + out + " is thrown away; --resume would have gone on with it");
        }
        workspace.clear();
        return run();
    }

    /** Goes on with what is unfinished; returns what is finished. */
    List<ModelBundle> resume(Path out) throws IOException {
        if (!workspace.isUnfinished() && workspace.isPublished()) {
            listener.onNote("nothing to resume: " + out + " holds a finished bundle");
            return workspace.published();
        }
        return run();
    }

    private List<ModelBundle> run() throws IOException {
        workspace.create();
        List<List<CorpusExample>> examples = parts.stream()
                .map(part -> preparation(part).examples(part.data()))
                .toList();
        String data = dataFingerprint(examples);
        List<IdSpace> ids = pretraining.ids(parts.get(0).recipe(), preparation(parts.get(0)), joined(examples));
        workspace.shareColumnFiles(ModelBundle.columnFiles(parts.get(0).recipe().architecture()));
        List<EncodedExamples> encoded = new ArrayList<>();
        RunState state;
        try {
            List<TaskTraining.Part> tasks = new ArrayList<>();
            for (int index = 0; index < parts.size(); index++) {
                Part part = parts.get(index);
                encoded.add(EncodedExamples.in(workspace.examples(index)));
                preparation(part).encode(examples.get(index), ids, encoded.get(index));
                tasks.add(new TaskTraining.Part(
                        part.recipe(),
                        manifest(part, sources(index), program, AS_DJL_WRITES),
                        encoded.get(index),
                        part.lossWeight()));
            }
            state = epochs(tasks, ids, data);
        } finally {
            for (EncodedExamples each : encoded) {
                each.close();
            }
        }
        return workspace.publish(state.history());
    }

    private ExamplePreparation preparation(Part part) {
        return new ExamplePreparation(part.recipe(), listener);
    }

    private static List<CorpusExample> joined(List<List<CorpusExample>> lists) {
        return lists.stream().reduce(JoinedList::new).orElseThrow();
    }

    private String recipeFingerprint() {
        return parts.stream()
                .map(part -> Fingerprints.of(part.recipe(), program) + " " + part.lossWeight())
                .collect(Collectors.joining(" "));
    }

    private String dataFingerprint(List<List<CorpusExample>> examples) throws IOException {
        List<String> fingerprints = new ArrayList<>();
        for (int index = 0; index < parts.size(); index++) {
            fingerprints.add(
                    Fingerprints.of(examples.get(index), parts.get(index).data()));
        }
        fingerprints.add(Fingerprints.ofFiles(otherSources()));
        return String.join(" ", fingerprints) + pretraining.fingerprint();
    }

    /** What is learned from besides examples; of a teacher its manifest, which holds the checksums of its other files. */
    private List<Path> otherSources() {
        List<Path> sources = new ArrayList<>(columns.sources());
        for (Part part : parts) {
            part.recipe().teachers().forEach(teacher -> sources.add(teacher.resolve(ModelBundle.MANIFEST)));
        }
        return sources;
    }

    private RunState epochs(List<TaskTraining.Part> tasks, List<IdSpace> ids, String data) throws IOException {
        TrainingSettings settings = parts.get(0).recipe().training();
        CheckpointFile checkpoint = new CheckpointFile(workspace.checkpoint(), recipeFingerprint(), data);
        // A checkpoint of the training holds what became of the pretrained encoder.
        Optional<EncoderWeights> pretrained = checkpoint.exists()
                ? Optional.empty()
                : pretraining.encoder(
                        tasks.get(0),
                        ids,
                        new CheckpointFile(workspace.pretrainingCheckpoint(), recipeFingerprint(), data));
        try (TrainingSession session = TrainingSession.open(tasks, ids, columns, pretrained)) {
            session.coverage().forEach(listener::onNote);
            RunState state = restored(session, checkpoint);
            TrainingSession.Checkpoint save = () -> checkpoint.write(out -> {
                state.write(out);
                session.write(out);
            });
            while (!state.isOver(settings.epochs(), settings.patience())) {
                session.runEpoch(state, listener, save);
                endEpoch(session, state, tasks);
                save.write();
            }
            return state;
        }
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

    private void endEpoch(TrainingSession session, RunState state, List<TaskTraining.Part> tasks) throws IOException {
        int epoch = state.epoch();
        double loss = state.meanLoss();
        List<Candidate> candidates = new ArrayList<>();
        for (int task = 0; task < tasks.size(); task++) {
            candidates.add(candidate(session, task, tasks.get(task).manifest(), epoch));
        }
        double score = candidates.stream()
                .mapToDouble(candidate -> candidate.report().score())
                .average()
                .orElseThrow();
        boolean kept = state.isBest(score);
        if (kept) {
            for (Candidate candidate : candidates) {
                ModelBundle.seal(
                        candidate.directory(),
                        DevMeasures.of(candidate.report()).in(candidate.manifest(), epoch),
                        candidate.files());
            }
            workspace.keep();
        }
        state.onEpochEnd(score);
        listener.onEpochEnd(
                epoch, loss, candidates.stream().map(Candidate::report).toList(), kept);
    }

    /** The bundle of a task after an epoch, and what was measured of it. */
    private record Candidate(Path directory, ModelManifest manifest, List<String> files, Report report) {}

    private Candidate candidate(TrainingSession session, int task, ModelManifest manifest, int epoch)
            throws IOException {
        Path directory = workspace.candidate(task);
        TaskTraining.Written written = session.writeWeights(task, directory, WEIGHTS);
        List<String> files = new ArrayList<>(written.files());
        files.addAll(ModelBundle.columnFiles(manifest.architecture()));
        ModelManifest named = parts.size() == 1 ? manifest : manifest.withEncoder(written.encoder());
        ModelBundle.seal(directory, named.afterTraining(epoch, Map.of()), files);
        Report report = BundleEvaluator.evaluate(
                ModelBundle.open(directory), parts.get(task).data().dev().examples());
        return new Candidate(directory, named, files, report);
    }

    /** The weights of each bundle come from the corpora of all tasks: its own first. */
    private List<ModelManifest.Corpus> sources(int own) {
        List<ModelManifest.Corpus> sources = new ArrayList<>(sources(parts.get(own)));
        parts.stream().filter(part -> !part.equals(parts.get(own))).forEach(part -> sources.addAll(sources(part)));
        // Texts of a pretraining are those of every task.
        return sources.stream().distinct().toList();
    }

    /** Returns the files that a task learns from. */
    static List<ModelManifest.Corpus> sources(Part part) {
        return part.data()
                .training()
                .plus(part.data().unlabelled())
                .plus(part.data().texts())
                .sources();
    }

    private static Map<String, String> settings(Part part) {
        Map<String, String> settings = new TreeMap<>(part.recipe().training().asText());
        settings.putAll(part.recipe().pretraining().asText());
        if (part.lossWeight() != 1) {
            settings.put("lossWeight", String.valueOf(part.lossWeight()));
        }
        return settings;
    }

    /**
     * Returns the manifest of a bundle to be.
     *
     * @param sources what its weights come from
     * @param program name and version of this program
     * @param weights how it will hold them
     */
    static ModelManifest manifest(
            Part part, List<ModelManifest.Corpus> sources, String program, ModelManifest.Weights weights) {
        TrainingRecipe recipe = part.recipe();
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
                        sources, settings(part), program, recipe.training().seed(), 0),
                ModelManifest.OWN_ENCODER,
                ModelManifest.Calibration.NONE,
                Map.of(),
                Map.of(),
                Map.of());
    }
}
