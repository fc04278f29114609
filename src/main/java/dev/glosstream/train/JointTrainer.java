package dev.glosstream.train;

import dev.glosstream.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains several tasks on one encoder: steps of all tasks, shuffled, move it; each task has a head of its own, and ends as a
 * bundle that is complete by itself. The bundles name their common encoder, so that a pipeline that loads them runs it once.
 *
 * @see <a href="https://doi.org/10.1023/A:1007379606734">Caruana, "Multitask Learning", 1997</a>
 */
public final class JointTrainer {
    private final JointRecipe recipe;
    private final String program;
    private final ProgressListener listener;

    /**
     * Creates a trainer.
     *
     * @param program name and version of this program, for the manifests
     */
    public JointTrainer(JointRecipe recipe, String program, ProgressListener listener) {
        this.recipe = recipe;
        this.program = program;
        this.listener = listener;
    }

    /**
     * Trains and writes the bundles from the beginning; an unfinished training of them is thrown away.
     *
     * @param data of each task, in their order
     * @param root where paths of lexicons and pretrained vectors start
     * @param out folder below which each bundle gets a folder of its task's name
     * @return the bundles of the epoch with the best mean of the tasks' dev scores
     */
    public List<ModelBundle> train(List<TrainingData> data, Path root, Path out) throws IOException {
        return run(data, root, out).train(out);
    }

    /**
     * Goes on with a training that was killed, to the same weights bit by bit, given the same number of threads; without
     * one it begins.
     *
     * @param data of each task, in their order
     * @param root where paths of lexicons and pretrained vectors start
     * @param out folder of the bundles; if it holds them and nothing unfinished, they are returned
     * @throws IllegalArgumentException if recipe or data are not those of the unfinished training
     */
    public List<ModelBundle> resume(List<TrainingData> data, Path root, Path out) throws IOException {
        return run(data, root, out).resume(out);
    }

    private TrainingRun run(List<TrainingData> data, Path root, Path out) {
        List<TrainingRun.Part> parts = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        for (JointRecipe.JointTask task : recipe.tasks()) {
            parts.add(new TrainingRun.Part(task.recipe(), data.get(parts.size()), task.lossWeight()));
            folders.add(task.recipe().task().code());
        }
        return new TrainingRun(parts, program, listener, root, new Workspace(out, folders));
    }
}
