package dev.glosstream.train;

import dev.glosstream.model.Architecture;
import dev.glosstream.sequence.Task;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Tasks that are trained together, on one encoder; each ends as a bundle of its own.
 *
 * @param tasks at least two, different, of the same columns and network
 */
public record JointRecipe(List<JointTask> tasks) {
    /** What a recipe of several tasks calls its task. */
    public static final String TASK = "joint";

    /**
     * One of the tasks.
     *
     * @param recipe its corpora, labels and targets; columns, network and settings of the run are those of every other task
     * @param lossWeight by which its loss is multiplied, above 0
     */
    public record JointTask(TrainingRecipe recipe, double lossWeight) {}

    /**
     * What all tasks of a run have in common.
     *
     * @param version of every bundle
     * @param license of every bundle: the weights of each owe their existence to the corpora of all
     * @param attributions of all tasks
     * @param columns token columns, and how their tables come about
     * @param architecture the network
     * @param pretraining how the encoder is pretrained on plain texts
     * @param training settings of the whole run; what they say of a task's examples is not used
     */
    record Run(
            String version,
            String license,
            List<String> attributions,
            List<ColumnRecipe> columns,
            Architecture architecture,
            PretrainingSettings pretraining,
            TrainingSettings training) {}

    /** Validates that the tasks are different and share what they must. */
    public JointRecipe {
        tasks = List.copyOf(tasks);
        Set<Task> different = EnumSet.noneOf(Task.class);
        tasks.forEach(task -> different.add(task.recipe().task()));
        if (tasks.size() < 2 || different.size() < tasks.size()) {
            throw new IllegalArgumentException("tasks: expected at least two, all different, got "
                    + tasks.stream().map(task -> task.recipe().task().code()).toList());
        }
        Architecture network = tasks.get(0).recipe().architecture();
        if (different.contains(Task.ENTITIES) && network.truncation() != Architecture.Truncation.HEAD) {
            throw new IllegalArgumentException(
                    "network.truncation: expected head beside task entities, whose tokens are counted from the start");
        }
    }

    /** Returns the recipes of the tasks. */
    public List<TrainingRecipe> recipes() {
        return tasks.stream().map(JointTask::recipe).toList();
    }

    /** Returns whether the corpora of every task lie below a folder. */
    public boolean isRoot(Path folder) {
        return Files.isDirectory(folder) && recipes().stream().allMatch(recipe -> TrainingData.isRoot(recipe, folder));
    }
}
