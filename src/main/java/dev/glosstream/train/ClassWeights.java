package dev.glosstream.train;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much the examples of each class count.
 *
 * @param rule where the weights come from
 * @param given weight by label, for {@link Rule#GIVEN}; a label that is not named has 1
 */
public record ClassWeights(Rule rule, Map<String, Double> given) {
    /** Every class counts the same. */
    public static final ClassWeights NONE = new ClassWeights(Rule.NONE, Map.of());

    /** Where the weights of classes come from. */
    public enum Rule {
        /** Every example has weight 1. */
        NONE("none"),
        /** As large as the class is rare, so that all classes together count the same. */
        BALANCED("balanced"),
        /** The square root of that: half way between. */
        SQRT_BALANCED("sqrt-balanced"),
        /** From the recipe. */
        GIVEN("given");

        private final String code;

        Rule(String code) {
            this.code = code;
        }

        /** Returns the name in a recipe. */
        public String code() {
            return code;
        }
    }

    /** Copies the map. */
    public ClassWeights {
        given = Map.copyOf(given);
        given.forEach(
                (label, weight) -> TrainingSettings.require(weight > 0, "classWeights." + label, "above 0", weight));
    }

    /**
     * Returns the weight of each class.
     *
     * @param counts examples by label, or their summed weights
     */
    Map<String, Double> of(Map<String, Double> counts) {
        double all = counts.values().stream().mapToDouble(Double::doubleValue).sum();
        Map<String, Double> weights = new TreeMap<>();
        counts.forEach((label, count) -> {
            double balanced = all / (counts.size() * count);
            weights.put(
                    label,
                    switch (rule) {
                        case NONE -> 1.0;
                        case BALANCED -> balanced;
                        case SQRT_BALANCED -> Math.sqrt(balanced);
                        case GIVEN -> given.getOrDefault(label, 1.0);
                    });
        });
        return weights;
    }

    /** Checks that every weight is of a label that there is. */
    void requireKnown(List<String> labels) {
        for (String label : given.keySet()) {
            if (!labels.contains(label)) {
                throw new IllegalArgumentException(
                        "training.classWeights: expected labels of " + labels + ", got '" + label + "'");
            }
        }
    }

    /** Returns the rule, and the weights if they are given. */
    @Override
    public String toString() {
        return rule == Rule.GIVEN
                ? new TreeMap<>(given).toString()
                : rule.name().toLowerCase(Locale.ROOT);
    }
}
