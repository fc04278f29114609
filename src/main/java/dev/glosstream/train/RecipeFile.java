package dev.glosstream.train;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.Setting;
import dev.glosstream.config.SettingsFile;
import dev.glosstream.config.SettingsSection;
import dev.glosstream.config.TextRule;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Reads a training recipe, {@code training/sentiment-en.yaml} or one like it.
 *
 * @see SettingsFile overrides, and how mistakes are reported
 */
public final class RecipeFile {
    static final TextRule NAME = new TextRule("[a-z0-9][a-z0-9.-]{0,62}", "1 to 63 of a-z, 0-9, '.' and '-'");
    static final TextRule VERSION = new TextRule("[0-9]+(\\.[0-9]+){2}\\S*", "a version like 1.0.0");
    private static final TextRule TEXT = TextRule.NOT_EMPTY;

    private RecipeFile() {}

    /**
     * Reads a file.
     *
     * @param overrides {@code key=value} each, in the order given
     * @throws ConfigException with every mistake
     */
    public static TrainingRecipe read(Path file, List<String> overrides) {
        SettingsFile settings = SettingsFile.read(file, Map.of(), overrides);
        SettingsSection root = settings.root();
        Path folder = file.resolveSibling("");
        Setting<Task> task =
                root.choice("task", Arrays.asList(Task.values()), Task::code).required();
        Setting<String> name = root.string("name", NAME).required();
        Setting<String> version = root.string("version", VERSION).required();
        Setting<String> license = root.string("license", TEXT).required();
        Setting<List<String>> attributions = root.strings("attributions", TEXT);
        Setting<List<String>> labels = root.strings("labels", TEXT).required();
        Supplier<List<CorpusChoice>> corpora = CorpusSection.read(root, "corpora", folder);
        Supplier<List<CorpusChoice>> dev = CorpusSection.read(root, "dev", folder);
        Supplier<List<CorpusChoice>> exclude = CorpusSection.read(root, "exclude", folder);
        Supplier<List<CorpusChoice>> unlabelled = CorpusSection.read(root, "unlabelled", folder);
        Setting<List<String>> teachers = root.strings("teachers", TEXT);
        Supplier<Map<String, List<String>>> names = names(root.section("names"));
        Supplier<NetworkSection.Network> network = NetworkSection.read(root.section("network"), task.optional());
        Supplier<PretrainingSettings> pretraining = PretrainingSection.read(root.section("pretraining"), folder);
        Supplier<TrainingSettings> training = TrainingSection.read(root.section("training"));
        return settings.finish(() -> new TrainingRecipe(
                task.get(),
                name.get(),
                version.get(),
                license.get(),
                attributions.orElse(List.of()),
                labels.get(),
                corpora.get(),
                dev.get(),
                exclude.get(),
                unlabelled.get(),
                teachers.orElse(List.of()).stream().map(Path::of).toList(),
                names.get(),
                network.get().columns().stream()
                        .map(column -> column.beside(folder))
                        .toList(),
                network.get().architecture(),
                pretraining.get(),
                training.get()));
    }

    private static Supplier<Map<String, List<String>>> names(SettingsSection section) {
        Map<String, List<String>> files = new TreeMap<>();
        for (String type : List.of("PER", "LOC", "ORG")) {
            section.strings(type, TEXT).optional().ifPresent(names -> files.put(type, names));
        }
        return () -> files;
    }
}
