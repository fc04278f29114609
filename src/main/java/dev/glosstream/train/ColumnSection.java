package dev.glosstream.train;

import dev.glosstream.config.Range;
import dev.glosstream.config.Setting;
import dev.glosstream.config.SettingsSection;
import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.model.TokenColumn;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads one of {@code network.columns} of a recipe. */
final class ColumnSection {
    private static final Range DIMENSION = new Range(1, 1024);

    /** What a recipe may ask for about each token. */
    private enum Feature {
        WORD,
        PREFIX,
        SUFFIX,
        SHAPE,
        LEXICON,
        NGRAMS,
        CHARACTERS
    }

    private ColumnSection() {}

    static Supplier<ColumnRecipe> read(SettingsSection section, Supplier<ColumnRecipe.Entries> defaults) {
        Setting<Feature> feature =
                NetworkSection.choice(section, "feature", Feature.values()).required();
        Setting<Integer> dimension = section.integer("dimension", DIMENSION).required();
        Supplier<ColumnRecipe.Table> table = table(section);
        Supplier<ColumnRecipe.Entries> vocabulary = vocabulary(section, defaults);
        Setting<List<String>> lexicon = section.strings("lexicon", NetworkSection.TEXT);
        Function<Feature, TokenColumn> column = column(section, dimension);
        return () -> new ColumnRecipe(
                column.apply(feature.get()),
                vocabulary.get(),
                table.get(),
                lexicon.orElse(List.of()).stream().map(LexiconSource::parse).toList());
    }

    private static Function<Feature, TokenColumn> column(SettingsSection section, Setting<Integer> dimension) {
        Setting<Integer> length = section.integer("length", new Range(1, 64));
        Setting<Integer> shortest = section.integer("shortest", new Range(1, 8));
        Setting<Integer> longest = section.integer("longest", new Range(1, 8));
        Setting<Integer> buckets = section.integer("buckets", new Range(1, 2_000_000));
        Setting<Integer> idsPerToken = section.integer("idsPerToken", new Range(1, 64));
        Setting<CharacterColumn.Reader> reader =
                NetworkSection.choice(section, "reader", CharacterColumn.Reader.values());
        Setting<Integer> filters = section.integer("filters", DIMENSION);
        Setting<String> table = section.string("table", NetworkSection.TEXT);
        return feature -> {
            String name = feature.name().toLowerCase(Locale.ROOT);
            return switch (feature) {
                case WORD, PREFIX, SUFFIX, SHAPE -> entry(feature, length, dimension.get(), table);
                case LEXICON ->
                    new LexiconColumn(
                            idsPerToken.orElse(4), dimension.get(), table.orElse("lexicon") + ".lexicon.tsv.gz");
                case NGRAMS ->
                    new NgramColumn(
                            shortest.orElse(3),
                            longest.orElse(5),
                            idsPerToken.orElse(24),
                            buckets.orElse(20_000),
                            dimension.get());
                case CHARACTERS ->
                    new CharacterColumn(
                            reader.orElse(CharacterColumn.Reader.CNN),
                            length.orElse(16),
                            dimension.get(),
                            filters.orElse(30),
                            table.orElse(name) + ".vocabulary.txt");
            };
        };
    }

    private static TokenColumn entry(Feature feature, Setting<Integer> length, int dimension, Setting<String> table) {
        String name = feature.name().toLowerCase(Locale.ROOT)
                + length.optional().map(String::valueOf).orElse("");
        return new EntryColumn(
                EntryColumn.Feature.valueOf(feature.name()),
                length.orElse(0),
                dimension,
                table.orElse(name) + ".vocabulary.txt");
    }

    private static Supplier<ColumnRecipe.Entries> vocabulary(
            SettingsSection section, Supplier<ColumnRecipe.Entries> defaults) {
        Setting<ColumnRecipe.Entries.Source> source =
                NetworkSection.choice(section, "vocabulary", ColumnRecipe.Entries.Source.values());
        Setting<Integer> minCount = section.integer("minCount", Range.atLeast(1));
        Setting<Integer> maxVocabulary = section.integer("maxVocabulary", Range.atLeast(1));
        return () -> new ColumnRecipe.Entries(
                source.orElse(ColumnRecipe.Entries.Source.TEXTS),
                minCount.orElse(defaults.get().minCount()),
                maxVocabulary.orElse(defaults.get().maxSize()));
    }

    private static Supplier<ColumnRecipe.Table> table(SettingsSection section) {
        Setting<ColumnRecipe.Table.Start> start =
                NetworkSection.choice(section, "initializer", ColumnRecipe.Table.Start.values());
        Setting<Double> scale = section.decimal("scale", 1e-6, 10);
        Setting<String> vectors = section.string("vectors", NetworkSection.TEXT);
        Setting<Integer> frozenEpochs = section.integer("frozenEpochs", Range.atLeast(0));
        Setting<Double> l2 = section.decimal("l2", 0, 10);
        Setting<Double> maxNorm = section.decimal("maxNorm", 0, 1e6);
        return () -> new ColumnRecipe.Table(
                start.orElse(ColumnRecipe.Table.DEFAULT.start()),
                scale.orElse(ColumnRecipe.Table.DEFAULT.scale()),
                vectors.optional(),
                frozenEpochs.orElse(0),
                l2.orElse(0.0),
                maxNorm.orElse(0.0));
    }
}
