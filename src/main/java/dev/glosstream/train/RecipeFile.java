package dev.glosstream.train;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.Range;
import dev.glosstream.config.Setting;
import dev.glosstream.config.SettingsFile;
import dev.glosstream.config.SettingsSection;
import dev.glosstream.config.TextRule;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
    private static final Range DIMENSION = new Range(1, 1024);

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
        Supplier<Architecture> network = network(root.section("network"));
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
                network.get(),
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

    private static Supplier<Architecture> network(SettingsSection section) {
        List<Supplier<TokenColumn>> columns = new ArrayList<>();
        for (SettingsSection column : section.sections("columns")) {
            Setting<TokenColumn.Feature> feature = column.choice(
                            "feature", Arrays.asList(TokenColumn.Feature.values()), each -> each.name()
                                    .toLowerCase(Locale.ROOT))
                    .required();
            Setting<Integer> length = column.integer("length", new Range(1, 8));
            Setting<Integer> dimension = column.integer("dimension", DIMENSION).required();
            columns.add(() -> column(feature.get(), length.orElse(0), dimension.get()));
        }
        Setting<Integer> stateSize = section.integer("stateSize", DIMENSION).required();
        Setting<Integer> layers = section.integer("layers", new Range(1, 8));
        Setting<Integer> maxSequenceLength = section.integer("maxSequenceLength", new Range(1, 4096));
        return () -> new Architecture(
                columns.stream().map(Supplier::get).toList(),
                stateSize.get(),
                layers.orElse(1),
                maxSequenceLength.orElse(512));
    }

    private static TokenColumn column(TokenColumn.Feature feature, int length, int dimension) {
        String name = feature.name().toLowerCase(Locale.ROOT) + (length == 0 ? "" : length);
        return new TokenColumn(feature, length, dimension, name + ".vocabulary.txt");
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
        Setting<Integer> minCount = section.integer("minCount", Range.atLeast(1));
        Setting<Integer> maxVocabulary = section.integer("maxVocabulary", Range.atLeast(1));
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
                minCount.orElse(1),
                maxVocabulary.orElse(20_000),
                seed.orElse(1));
    }
}
