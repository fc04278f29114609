package dev.glosstream.train;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.Range;
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
    private static final TextRule NAME = new TextRule("[a-z0-9][a-z0-9.-]{0,62}", "1 to 63 of a-z, 0-9, '.' and '-'");
    private static final TextRule VERSION = new TextRule("[0-9]+(\\.[0-9]+){2}\\S*", "a version like 1.0.0");
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
        Setting<Task> task =
                root.choice("task", Arrays.asList(Task.values()), Task::code).required();
        Setting<String> name = root.string("name", NAME).required();
        Setting<String> version = root.string("version", VERSION).required();
        Setting<String> license = root.string("license", TEXT).required();
        Setting<List<String>> attributions = root.strings("attributions", TEXT);
        Setting<List<String>> labels = root.strings("labels", TEXT).required();
        Setting<List<String>> corpora = root.strings("corpora", TEXT);
        Setting<List<String>> dev = root.strings("dev", TEXT);
        Setting<List<String>> exclude = root.strings("exclude", TEXT);
        Supplier<Map<String, List<String>>> names = names(root.section("names"));
        Supplier<NetworkSection.Network> network = NetworkSection.read(root.section("network"));
        Supplier<TrainingSettings> training = training(root.section("training"));
        return settings.finish(() -> new TrainingRecipe(
                task.get(),
                name.get(),
                version.get(),
                license.get(),
                attributions.orElse(List.of()),
                labels.get(),
                choices(corpora),
                choices(dev),
                choices(exclude),
                names.get(),
                network.get().columns(),
                network.get().architecture(),
                training.get()));
    }

    private static List<CorpusChoice> choices(Setting<List<String>> sources) {
        return sources.orElse(List.of()).stream().map(CorpusChoice::parse).toList();
    }

    private static Supplier<Map<String, List<String>>> names(SettingsSection section) {
        Map<String, List<String>> files = new TreeMap<>();
        for (String type : List.of("PER", "LOC", "ORG")) {
            section.strings(type, TEXT).optional().ifPresent(names -> files.put(type, names));
        }
        return () -> files;
    }

    private static Supplier<TrainingSettings> training(SettingsSection section) {
        Setting<Integer> epochs = section.integer("epochs", Range.atLeast(1)).required();
        Setting<Integer> patience =
                section.integer("patience", Range.atLeast(1)).required();
        Setting<Integer> batchSize =
                section.integer("batchSize", Range.atLeast(1)).required();
        Setting<Double> learningRate = section.decimal("learningRate", 1e-7, 10).required();
        Setting<Integer> warmUpSteps = section.integer("warmUpSteps", Range.atLeast(0));
        Setting<Double> dropout = section.decimal("dropout", 0, 0.99);
        Setting<Double> wordDropout = section.decimal("wordDropout", 0, 0.99);
        Setting<Double> clipGradient = section.decimal("clipGradient", 1e-6, 1e6);
        Setting<Double> averaging = section.decimal("averaging", 0, 0.9999);
        Setting<Double> caseCopies = section.decimal("caseCopies", 0, 1);
        Setting<Double> mentionCopies = section.decimal("mentionCopies", 0, 1);
        Setting<Integer> maxSequenceLength = section.integer("maxSequenceLength", new Range(1, 4096));
        Setting<Integer> seed = section.integer("seed", Range.atLeast(0));
        return () -> new TrainingSettings(
                epochs.get(),
                patience.get(),
                batchSize.get(),
                learningRate.get(),
                warmUpSteps.orElse(0),
                dropout.orElse(0.0),
                wordDropout.orElse(0.0),
                clipGradient.orElse(1.0),
                averaging.orElse(0.0),
                caseCopies.orElse(0.0),
                mentionCopies.orElse(0.0),
                maxSequenceLength.orElse(128),
                seed.orElse(1));
    }
}
