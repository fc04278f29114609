package dev.glosstream.train;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.Setting;
import dev.glosstream.config.SettingsFile;
import dev.glosstream.config.SettingsSection;
import dev.glosstream.config.TextRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads a recipe of several tasks, {@code training/joint-en.yaml} or one like it: names the recipe of each task, and has the
 * network and the settings of the run for all of them.
 *
 * @see RecipeFile what the recipe of a task says
 */
public final class JointRecipeFile {
    private JointRecipeFile() {}

    /**
     * Reads a file and those that it names.
     *
     * @param overrides {@code key=value} each, in the order given; they do not reach into the recipes of the tasks
     * @throws ConfigException with every mistake
     */
    public static JointRecipe read(Path file, List<String> overrides) {
        SettingsFile settings = SettingsFile.read(file, Map.of(), overrides);
        SettingsSection root = settings.root();
        Path folder = file.resolveSibling("");
        root.choice("task", List.of(JointRecipe.TASK), task -> task).required();
        Setting<String> version = root.string("version", RecipeFile.VERSION).required();
        List<Supplier<OneTask>> tasks = new ArrayList<>();
        for (SettingsSection task : root.sections("tasks")) {
            tasks.add(task(task, folder));
        }
        Supplier<NetworkSection.Network> network = NetworkSection.read(root.section("network"), Optional.empty());
        Supplier<TrainingSettings> training = TrainingSection.readShared(root.section("training"));
        return settings.finish(() -> {
            List<ColumnRecipe> columns = network.get().columns().stream()
                    .map(column -> column.beside(folder))
                    .toList();
            List<JointRecipe.JointTask> joint = new ArrayList<>();
            for (Supplier<OneTask> each : tasks) {
                OneTask task = each.get();
                TrainingRecipe own = RecipeFile.read(task.recipe(), task.overrides());
                joint.add(new JointRecipe.JointTask(
                        own.joint(
                                task.name(),
                                version.get(),
                                columns,
                                network.get().architecture(),
                                training.get()),
                        task.lossWeight()));
            }
            return new JointRecipe(joint);
        });
    }

    /** What the file says of one task. */
    private record OneTask(Path recipe, String name, double lossWeight, List<String> overrides) {}

    private static Supplier<OneTask> task(SettingsSection section, Path folder) {
        Setting<Path> recipe = section.path("recipe", folder).required();
        Setting<String> name = section.string("name", RecipeFile.NAME).required();
        Setting<Double> lossWeight = section.decimal("lossWeight", 1e-3, 1e3);
        Setting<List<String>> overrides = section.strings("set", TextRule.NOT_EMPTY);
        return () -> new OneTask(recipe.get(), name.get(), lossWeight.orElse(1.0), overrides.orElse(List.of()));
    }
}
