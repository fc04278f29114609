package dev.glosstream.train;

import dev.glosstream.config.Range;
import dev.glosstream.config.Setting;
import dev.glosstream.config.SettingsSection;
import dev.glosstream.config.TextRule;
import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.model.TokenColumn;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Reads one of {@code network.columns} of a recipe.
 *
 * <p>Every key is asked for with the bounds that the column's feature has; a key that the feature does not use is a mistake,
 * because it would be without effect.
 */
final class ColumnSection {
    private static final Range DIMENSION = new Range(1, 1024);
    /** The name becomes part of a file name. */
    private static final TextRule TABLE =
            new TextRule("[A-Za-z0-9][A-Za-z0-9_-]{0,39}", "1 to 40 letters, digits, '_' and '-'");

    /** What a recipe may ask for about each token. */
    private enum Feature {
        WORD,
        PREFIX,
        SUFFIX,
        SHAPE,
        LEXICON,
        NGRAMS,
        CHARACTERS;

        boolean uses(String key) {
            return USERS.getOrDefault(key, ALL).contains(this);
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Set<Feature> ALL = Set.of(Feature.values());
    private static final Set<Feature> LISTED =
            Set.of(Feature.WORD, Feature.PREFIX, Feature.SUFFIX, Feature.SHAPE, Feature.CHARACTERS);

    /** Keys that not all features use, and which do. */
    private static final Map<String, Set<Feature>> USERS = Map.ofEntries(
            Map.entry("length", Set.of(Feature.PREFIX, Feature.SUFFIX, Feature.CHARACTERS)),
            Map.entry("vocabulary", LISTED),
            Map.entry("minCount", LISTED),
            Map.entry("maxVocabulary", LISTED),
            Map.entry("vectors", LISTED),
            Map.entry("table", EnumSet.complementOf(EnumSet.of(Feature.NGRAMS))),
            Map.entry("lexicon", Set.of(Feature.LEXICON)),
            Map.entry("idsPerToken", Set.of(Feature.LEXICON, Feature.NGRAMS)),
            Map.entry("shortest", Set.of(Feature.NGRAMS)),
            Map.entry("longest", Set.of(Feature.NGRAMS)),
            Map.entry("buckets", Set.of(Feature.NGRAMS)),
            Map.entry("reader", Set.of(Feature.CHARACTERS)),
            Map.entry("filters", Set.of(Feature.CHARACTERS)));

    private final SettingsSection section;
    private final Feature feature;

    private ColumnSection(SettingsSection section, Feature feature) {
        this.section = section;
        this.feature = feature;
    }

    /**
     * Reads a column.
     *
     * @param defaults what the section above says of vocabularies
     */
    static Supplier<ColumnRecipe> read(SettingsSection section, Supplier<ColumnRecipe.Entries> defaults) {
        Setting<Feature> feature =
                NetworkSection.choice(section, "feature", Feature.values()).required();
        // Without a feature the other keys are read as if they were right, so that not all of them are reported.
        ColumnSection reader = new ColumnSection(section, feature.orElse(Feature.WORD));
        reader.refuseUnused(feature.optional().isPresent());
        Setting<Integer> dimension = section.integer("dimension", DIMENSION).required();
        Supplier<ColumnRecipe.Table> table = reader.table();
        Supplier<ColumnRecipe.Entries> vocabulary = reader.vocabulary(defaults);
        Setting<List<String>> lexicon = section.strings("lexicon", LexiconSource.RULE);
        if (reader.feature == Feature.LEXICON) {
            lexicon.required();
        }
        Supplier<TokenColumn> column = reader.column(dimension);
        return () -> new ColumnRecipe(
                column.get(),
                vocabulary.get(),
                table.get(),
                lexicon.orElse(List.of()).stream().map(LexiconSource::parse).toList());
    }

    private void refuseUnused(boolean featureIsKnown) {
        for (String key : USERS.keySet()) {
            // Asking makes the key a known one.
            if (section.has(key) && featureIsKnown && !feature.uses(key)) {
                section.mistake(
                        key,
                        "expected no such key for feature '" + feature.code() + "', got it; " + users(key) + " use it");
            }
        }
    }

    private static String users(String key) {
        return Arrays.stream(Feature.values())
                .filter(each -> each.uses(key))
                .map(Feature::code)
                .collect(Collectors.joining(", "));
    }

    private Supplier<TokenColumn> column(Setting<Integer> dimension) {
        Setting<String> table = section.string("table", TABLE);
        return switch (feature) {
            case WORD, PREFIX, SUFFIX, SHAPE -> entry(dimension, table);
            case LEXICON -> {
                Setting<Integer> idsPerToken = section.integer("idsPerToken", new Range(1, 16));
                yield () -> new LexiconColumn(
                        idsPerToken.orElse(4), dimension.get(), table.orElse("lexicon") + ".lexicon.tsv.gz");
            }
            case NGRAMS -> ngrams(dimension);
            case CHARACTERS -> characters(dimension, table);
        };
    }

    private Supplier<TokenColumn> entry(Setting<Integer> dimension, Setting<String> table) {
        boolean affix = feature.uses("length");
        Setting<Integer> length = section.integer("length", new Range(1, affix ? 8 : 64));
        if (affix) {
            length.required();
        }
        return () -> {
            String name = feature.code() + (affix ? String.valueOf(length.get()) : "");
            return new EntryColumn(
                    EntryColumn.Feature.valueOf(feature.name()),
                    affix ? length.get() : 0,
                    dimension.get(),
                    table.orElse(name) + ".vocabulary.txt");
        };
    }

    private Supplier<TokenColumn> ngrams(Setting<Integer> dimension) {
        Setting<Integer> shortest = section.integer("shortest", new Range(1, 8));
        Setting<Integer> longest = section.integer("longest", new Range(1, 8));
        Setting<Integer> buckets = section.integer("buckets", new Range(1, 2_000_000));
        Setting<Integer> idsPerToken = section.integer("idsPerToken", new Range(1, 64));
        int from = shortest.orElse(3);
        int to = longest.orElse(Math.max(5, from));
        if (to < from) {
            section.mistake("longest", "expected at least shortest, " + from + ", got " + to);
        }
        return () -> new NgramColumn(from, to, idsPerToken.orElse(24), buckets.orElse(20_000), dimension.get());
    }

    private Supplier<TokenColumn> characters(Setting<Integer> dimension, Setting<String> table) {
        Setting<CharacterColumn.Reader> reader =
                NetworkSection.choice(section, "reader", CharacterColumn.Reader.values());
        Setting<Integer> length = section.integer("length", new Range(2, 64));
        Setting<Integer> filters = section.integer("filters", new Range(2, 1024));
        CharacterColumn.Reader kind = reader.orElse(CharacterColumn.Reader.CNN);
        if (kind == CharacterColumn.Reader.LSTM && filters.orElse(2) % 2 != 0) {
            section.mistake(
                    "filters",
                    "expected an even number for reader lstm, half for each direction, got " + filters.get());
        }
        return () -> new CharacterColumn(
                kind,
                length.orElse(16),
                dimension.get(),
                filters.orElse(30),
                table.orElse(feature.code()) + ".vocabulary.txt");
    }

    private Supplier<ColumnRecipe.Entries> vocabulary(Supplier<ColumnRecipe.Entries> defaults) {
        Setting<ColumnRecipe.Entries.Source> source =
                NetworkSection.choice(section, "vocabulary", ColumnRecipe.Entries.Source.values());
        Setting<Integer> minCount = section.integer("minCount", Range.atLeast(1));
        Setting<Integer> maxVocabulary = section.integer("maxVocabulary", Range.atLeast(1));
        ColumnRecipe.Entries.Source from = source.orElse(ColumnRecipe.Entries.Source.TEXTS);
        if (from != ColumnRecipe.Entries.Source.TEXTS && !section.has("vectors")) {
            section.mistake("vocabulary", "expected a file of vectors beside it, got no key vectors");
        }
        for (String key : List.of("minCount", "maxVocabulary")) {
            if (from == ColumnRecipe.Entries.Source.VECTORS && section.has(key)) {
                section.mistake(
                        key,
                        "expected no such key beside vocabulary: vectors, which takes all of the file," + " got it");
            }
        }
        return () -> new ColumnRecipe.Entries(
                from,
                minCount.orElse(defaults.get().minCount()),
                maxVocabulary.orElse(defaults.get().maxSize()));
    }

    private Supplier<ColumnRecipe.Table> table() {
        Setting<ColumnRecipe.Table.Start> start =
                NetworkSection.choice(section, "initializer", ColumnRecipe.Table.Start.values());
        Setting<Double> scale = section.decimal("scale", 1e-6, 10);
        Setting<String> vectors = section.string("vectors", NetworkSection.TEXT);
        Setting<Integer> frozenEpochs = section.integer("frozenEpochs", Range.atLeast(0));
        Setting<Double> l2 = section.decimal("l2", 0, 10);
        Setting<Double> maxNorm = section.decimal("maxNorm", 0, 1e6);
        if (start.orElse(ColumnRecipe.Table.DEFAULT.start()) == ColumnRecipe.Table.Start.XAVIER
                && section.has("scale")) {
            section.mistake(
                    "scale",
                    "expected no such key beside initializer: xavier, whose width follows from the"
                            + " table's size, got it");
        }
        return () -> new ColumnRecipe.Table(
                start.orElse(ColumnRecipe.Table.DEFAULT.start()),
                scale.orElse(ColumnRecipe.Table.DEFAULT.scale()),
                vectors.optional(),
                frozenEpochs.orElse(0),
                l2.orElse(0.0),
                maxNorm.orElse(0.0));
    }
}
