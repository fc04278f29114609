package dev.glosstream.app;

import dev.glosstream.model.ModelBundle;
import dev.glosstream.train.Corpus;
import dev.glosstream.train.JointRecipe;
import dev.glosstream.train.JointRecipeFile;
import dev.glosstream.train.JointTrainer;
import dev.glosstream.train.TrainingData;
import dev.glosstream.train.TrainingRecipe;
import dev.glosstream.train.corpus.CorpusReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code glosstream train joint}: the corpora of several recipes in, a bundle for each task out. */
final class JointTraining {
    private final JointRecipe recipe;
    private final PrintWriter terminal;

    /**
     * Reads the recipe.
     *
     * @param overrides {@code key=value} each
     */
    JointTraining(Path recipeFile, List<String> overrides, PrintWriter terminal) {
        this.recipe = JointRecipeFile.read(recipeFile, overrides);
        this.terminal = terminal;
    }

    /**
     * Trains.
     *
     * @param root folder below which the corpora of all recipes lie
     * @param out folder below which each bundle gets a folder of its task's name
     * @param resume whether to go on with an interrupted training
     */
    void run(Path root, CorpusReader reader, Path out, boolean resume) throws IOException {
        if (!recipe.isRoot(root)) {
            throw new UsageException(
                    "--data: expected the folder below which the corpora of every task of the recipe lie, got " + root);
        }
        List<TrainingData> data = new ArrayList<>();
        for (TrainingRecipe task : recipe.recipes()) {
            data.add(TrainingData.ofRecipe(task, root, reader));
        }
        Corpus texts = TrainingData.pretrainingTexts(recipe.recipes(), root, reader);
        data.replaceAll(each -> each.withPretrainingTexts(texts));
        reader.problems().forEach(problem -> terminal.println("skipped " + problem));
        for (int task = 0; task < data.size(); task++) {
            terminal.println(recipe.recipes().get(task).task().code() + ": "
                    + data.get(task).describe());
        }
        try (TrainingProgress progress = new TrainingProgress(terminal)) {
            JointTrainer trainer = new JointTrainer(recipe, "glosstream " + Version.current(), progress);
            List<ModelBundle> bundles = resume ? trainer.resume(data, root, out) : trainer.train(data, root, out);
            bundles.forEach(bundle -> terminal.println("wrote " + bundle.id() + " to " + bundle.directory()));
        }
    }
}
