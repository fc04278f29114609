package dev.glosstream.train;

import dev.glosstream.model.IdSpace;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.train.corpus.CorpusExample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains a bundle: vocabularies from the texts, epochs of gradient steps, after each the dev score through the stages that
 * serve; the best epoch is kept.
 */
public final class ModelTrainer {
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
        return run(data, root, out).train(out).get(0);
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
        return run(data, root, out).resume(out).get(0);
    }

    private TrainingRun run(TrainingData data, Path root, Path out) {
        return new TrainingRun(List.of(part(data)), program, listener, root, new Workspace(out));
    }

    private TrainingRun.Part part(TrainingData data) {
        return new TrainingRun.Part(recipe, data, 1);
    }

    /**
     * Writes what training would read, for {@code training/train.py}, instead of training.
     *
     * @param root where paths of lexicons and pretrained vectors start
     * @param out folder to write, made if it does not exist
     */
    public void prepare(TrainingData data, Path root, Path out) throws IOException {
        if (recipe.pretraining().isAsked()) {
            throw new IllegalArgumentException(
                    "pretraining: expected none in a recipe that is prepared for Python, which"
                            + " does not pretrain, got one; leave it out");
        }
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
                TrainingRun.manifest(
                        part(data), TrainingRun.sources(part(data)), program, TrainingFolder.WEIGHTS_TO_BE),
                ids,
                files);
    }
}
