package dev.glosstream.train;

import dev.glosstream.config.Range;
import dev.glosstream.config.Setting;
import dev.glosstream.config.SettingsSection;
import dev.glosstream.config.TextRule;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.sequence.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads the {@code network} section of a recipe. */
final class NetworkSection {
    static final TextRule TEXT = TextRule.NOT_EMPTY;
    private static final Range SIZE = new Range(1, 1024);

    private NetworkSection() {}

    /**
     * What the section says.
     *
     * @param columns the token columns
     * @param architecture the network with them
     */
    record Network(List<ColumnRecipe> columns, Architecture architecture) {}

    /**
     * Reads the section.
     *
     * @param task what the network is for, if the recipe says it rightly
     */
    static Supplier<Network> read(SettingsSection section, Optional<Task> task) {
        Setting<Integer> minCount = section.integer("minCount", Range.atLeast(1));
        Setting<Integer> maxVocabulary = section.integer("maxVocabulary", Range.atLeast(1));
        Supplier<ColumnRecipe.Entries> defaults = () -> new ColumnRecipe.Entries(
                ColumnRecipe.Entries.Source.TEXTS, minCount.orElse(2), maxVocabulary.orElse(20_000));
        List<Supplier<ColumnRecipe>> columns = new ArrayList<>();
        for (SettingsSection column : section.sections("columns")) {
            columns.add(ColumnSection.read(column, defaults));
        }
        if (!section.has("columns")) {
            section.mistake("columns", "expected a list of sections, got nothing");
        }
        Supplier<LstmSettings> lstm = lstm(section);
        Setting<Architecture.Representation> representation =
                choice(section, "representation", Architecture.Representation.values());
        Setting<Integer> maxSequenceLength = section.integer("maxSequenceLength", new Range(1, 4096));
        Setting<Architecture.Truncation> truncation = choice(section, "truncation", Architecture.Truncation.values());
        if (task.equals(Optional.of(Task.ENTITIES))) {
            refuseForEntities(section, truncation.orElse(Architecture.Truncation.HEAD));
        }
        return () -> {
            List<ColumnRecipe> recipes = columns.stream().map(Supplier::get).toList();
            SharedTables.requireAgreement(recipes);
            Architecture architecture = new Architecture(
                    recipes.stream().map(ColumnRecipe::column).toList(),
                    lstm.get(),
                    representation.orElse(Architecture.Representation.MAX_MEAN),
                    maxSequenceLength.orElse(512),
                    truncation.orElse(Architecture.Truncation.HEAD));
            return new Network(recipes, architecture);
        };
    }

    private static void refuseForEntities(SettingsSection section, Architecture.Truncation truncation) {
        if (section.has("representation")) {
            section.mistake(
                    "representation", "expected no such key for task entities, which labels each token, got it");
        }
        if (truncation != Architecture.Truncation.HEAD) {
            section.mistake("truncation", "expected head for task entities, whose tokens are counted from the start");
        }
    }

    private static Supplier<LstmSettings> lstm(SettingsSection section) {
        Setting<Integer> stateSize = section.integer("stateSize", SIZE).required();
        Setting<Integer> layers = section.integer("layers", new Range(1, 8));
        Setting<LstmSettings.Directions> directions = choice(section, "directions", LstmSettings.Directions.values());
        Setting<Boolean> layerNorm = section.flag("layerNorm");
        Setting<LstmSettings.InitialState> initialState =
                choice(section, "initialState", LstmSettings.InitialState.values());
        return () -> new LstmSettings(
                stateSize.get(),
                layers.orElse(1),
                directions.orElse(LstmSettings.Directions.BOTH),
                layerNorm.orElse(false),
                initialState.orElse(LstmSettings.InitialState.ZERO));
    }

    /** Asks for one of the constants of an enum, in lower case with hyphens. */
    static <E extends Enum<E>> Setting<E> choice(SettingsSection section, String key, E[] options) {
        return section.choice(key, Arrays.asList(options), option -> option.name()
                .toLowerCase(Locale.ROOT)
                .replace('_', '-'));
    }
}
