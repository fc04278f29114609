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
        Setting<String> license = root.string("license", TextRule.NOT_EMPTY).required();
        List<Supplier<OneTask>> tasks = new ArrayList<>();
        for (SettingsSection task : root.sections("tasks")) {
            tasks.add(task(task, folder));
        }
        Supplier<NetworkSection.Network> network = NetworkSection.read(root.section("network"), Optional.empty());
        Supplier<PretrainingSettings> pretraining = PretrainingSection.read(root.section("pretraining"), folder);
        Supplier<TrainingSettings> training = TrainingSection.readShared(root.section("training"));
        return settings.finish(() -> {
            List<OneTask> each = tasks.stream().map(Supplier::get).toList();
            List<TrainingRecipe> own = each.stream()
                    .map(task -> RecipeFile.read(task.recipe(), task.overrides()))
                    .toList();
            JointRecipe.Run run = new JointRecipe.Run(
                    version.get(),
                    license.get(),
                    own.stream()
                            .flatMap(recipe -> recipe.attributions().stream())
                            .distinct()
                            .toList(),
                    network.get().columns().stream()
                            .map(column -> column.beside(folder))
                            .toList(),
                    network.get().architecture(),
                    pretraining.get(),
                    training.get());
            List<JointRecipe.JointTask> joint = new ArrayList<>();
            for (OneTask task : each) {
                TrainingRecipe recipe = own.get(joint.size()).joint(task.name(), run);
                joint.add(new JointRecipe.JointTask(recipe, task.lossWeight()));
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
