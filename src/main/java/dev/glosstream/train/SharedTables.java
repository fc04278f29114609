package dev.glosstream.train;

import dev.glosstream.model.TokenColumn;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Holds columns that look up one table to one description of it: there is one table, so there cannot be two. */
final class SharedTables {
    private SharedTables() {}

    /**
     * Requires that columns of one table say the same of it.
     *
     * @throws IllegalArgumentException naming two columns that do not, and what they differ in
     */
    static void requireAgreement(List<ColumnRecipe> columns) {
        Map<String, Integer> firstByFile = new HashMap<>();
        for (int index = 0; index < columns.size(); index++) {
            String file = columns.get(index).column().file().orElse("");
            Integer first = file.isEmpty() ? null : firstByFile.putIfAbsent(file, index);
            if (first != null) {
                requireSame(columns, first, index);
            }
        }
    }

    private static void requireSame(List<ColumnRecipe> columns, int first, int second) {
        Map<String, Object> expected = settings(columns.get(first));
        Map<String, Object> found = settings(columns.get(second));
        List<String> different = expected.keySet().stream()
                .filter(key -> !Objects.equals(expected.get(key), found.get(key)))
                .map(key -> key + " " + expected.get(key) + " and " + found.get(key))
                .toList();
        if (!different.isEmpty()) {
            throw new IllegalArgumentException("network.columns[" + first + "] ("
                    + columns.get(first).column().describe() + ") and network.columns[" + second + "] ("
                    + columns.get(second).column().describe()
                    + "): expected the same settings of the table that they share, got "
                    + String.join(", ", different) + "; give one of them a table of another name");
        }
    }

    /** Returns all that is said of a table, by the recipe's keys. */
    private static Map<String, Object> settings(ColumnRecipe recipe) {
        TokenColumn column = recipe.column();
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("kind", column.getClass().getSimpleName());
        settings.put("dimension", column.dimension());
        settings.put("vocabulary", recipe.vocabulary().source());
        settings.put("minCount", recipe.vocabulary().minCount());
        settings.put("maxVocabulary", recipe.vocabulary().maxSize());
        settings.put("lexicon", recipe.lexicon());
        settings.put("initializer", recipe.table().start());
        settings.put("scale", recipe.table().scale());
        settings.put("vectors", recipe.table().vectors().orElse("none"));
        settings.put("frozenEpochs", recipe.table().frozenEpochs());
        settings.put("l2", recipe.table().l2());
        settings.put("maxNorm", recipe.table().maxNorm());
        return settings;
    }
}
