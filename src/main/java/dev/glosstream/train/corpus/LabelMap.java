package dev.glosstream.train.corpus;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the labels of a corpus: renamed, kept, or dropped.
 *
 * <p>A label is looked up in this order: the map; the known labels; for entity types, the names by which corpora
 * customarily call persons, locations, organisations and the rest. Immutable.
 */
public final class LabelMap {
    private static final Map<String, String> CUSTOMARY_TYPES = Map.ofEntries(
            Map.entry("per", "PER"),
            Map.entry("person", "PER"),
            Map.entry("loc", "LOC"),
            Map.entry("location", "LOC"),
            Map.entry("geo", "LOC"),
            Map.entry("geo-loc", "LOC"),
            Map.entry("org", "ORG"),
            Map.entry("organization", "ORG"),
            Map.entry("corporation", "ORG"),
            Map.entry("company", "ORG"),
            Map.entry("group", "ORG"),
            Map.entry("misc", "MISC"));

    /** What stands in a map for a label whose examples or spans are left out. */
    public static final String DROP = "drop";

    /** For corpora that are read without a recipe: sentiment in three classes; other entities than PER, LOC, ORG dropped. */
    public static final LabelMap CUSTOMARY = ofModel(Set.of("negative", "neutral", "positive", "PER", "LOC", "ORG"));

    /** For corpora of which only the texts are read: every label is empty, no entity is kept. */
    public static final LabelMap TEXT_ONLY = new LabelMap(Map.of(), Set.of(), Unlisted.IGNORED);

    private enum Unlisted {
        REFUSED,
        TYPES_DROPPED,
        IGNORED
    }

    private final Map<String, String> renamed;
    private final Set<String> known;
    private final Unlisted unlisted;

    private LabelMap(Map<String, String> renamed, Set<String> known, Unlisted unlisted) {
        this.renamed = Map.copyOf(renamed);
        this.known = Set.copyOf(known);
        this.unlisted = unlisted;
    }

    /**
     * Returns the map of a corpus of a recipe: what neither the map nor the recipe knows cannot be read.
     *
     * @param renamed label of the corpus → label of the recipe, or {@value #DROP}
     * @param known labels of the recipe
     * @throws CorpusException if a label is renamed to one that the recipe does not know
     */
    public static LabelMap of(Map<String, String> renamed, Set<String> known) {
        renamed.forEach((from, to) -> {
            if (!to.equals(DROP) && !known.contains(to)) {
                throw new CorpusException("labels: expected '" + from + "' to become one of " + new TreeSet<>(known)
                        + " or " + DROP + ", got '" + to + "'");
            }
        });
        return new LabelMap(renamed, known, Unlisted.REFUSED);
    }

    /**
     * Returns the map of a corpus that a model is measured on: a class that the model does not know cannot be read, entities of
     * types that it does not know are none.
     *
     * @param labels of the model
     */
    public static LabelMap ofModel(Collection<String> labels) {
        return new LabelMap(Map.of(), Set.copyOf(labels), Unlisted.TYPES_DROPPED);
    }

    /**
     * Returns what becomes of a class.
     *
     * @return null if its examples are left out
     * @throws CorpusException if the class is not known
     */
    @Nullable
    String ofClass(String label) {
        if (unlisted == Unlisted.IGNORED) {
            return "";
        }
        if (renamed.containsKey(label)) {
            return dropped(renamed.get(label));
        }
        if (known.contains(label)) {
            return label;
        }
        throw unknown(label);
    }

    /**
     * Returns what becomes of an entity type.
     *
     * @return null if its spans are left out
     * @throws CorpusException if the type is not known
     */
    @Nullable
    String ofType(String type) {
        if (unlisted == Unlisted.IGNORED) {
            return null;
        }
        if (renamed.containsKey(type)) {
            return dropped(renamed.get(type));
        }
        if (known.contains(type)) {
            return type;
        }
        String customary = CUSTOMARY_TYPES.get(type.toLowerCase(Locale.ROOT));
        if (customary != null && known.contains(customary)) {
            return customary;
        }
        if (unlisted == Unlisted.TYPES_DROPPED) {
            return null;
        }
        throw unknown(type);
    }

    private static @Nullable String dropped(@Nullable String label) {
        return DROP.equals(label) ? null : label;
    }

    private CorpusException unknown(String label) {
        return new CorpusException("expected a label of " + new TreeSet<>(known) + ", got '" + label
                + (unlisted == Unlisted.REFUSED
                        ? "'; say under labels: what becomes of it, another label or " + DROP
                        : "'"));
    }
}
