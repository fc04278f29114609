package dev.glosstream.train.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Whether two models that answered the same texts differ by more than chance. Two-sided; seeds are fixed. */
final class PairedTests {
    /** Times the answers are dealt out anew. */
    static final int SHUFFLES = 4999;

    private static final long SEED = 20_000_731;
    /** Shuffled differences this close to the observed one are as large as it: sums differ in their last bits. */
    private static final double ROUNDING = 1e-12;

    private PairedTests() {}

    /**
     * Returns the p-value of McNemar's exact test: of the texts that one model alone has right, how likely is a split at
     * least as uneven if either model were as good?
     *
     * @param onlyFirst texts that the first model alone has right
     * @param onlySecond texts that the second model alone has right
     * @return 1 if there are no such texts
     * @see <a href="https://doi.org/10.1007/BF02295996">McNemar, "Note on the Sampling Error of the Difference Between
     *     Correlated Proportions or Percentages", 1947</a>
     */
    static double mcNemar(int onlyFirst, int onlySecond) {
        int texts = onlyFirst + onlySecond;
        double logCombinations = 0;
        double tail = 0;
        for (int successes = 0; successes <= Math.min(onlyFirst, onlySecond); successes++) {
            tail += Math.exp(logCombinations - texts * Math.log(2));
            logCombinations += Math.log((double) (texts - successes) / (successes + 1));
        }
        return Math.min(1, 2 * tail);
    }

    /**
     * Returns the p-value of each measure's difference by approximate randomisation: for each text a coin decides whose
     * answer is whose, {@value #SHUFFLES} times; p is the share of deals, the real one included, whose difference is at
     * least as large.
     *
     * @see <a href="https://aclanthology.org/C00-2137/">Yeh, "More Accurate Tests for the Statistical Significance of
     *     Result Differences", 2000</a>
     */
    static Map<String, Double> randomisation(
            List<TextCounts> first,
            List<TextCounts> second,
            int slots,
            Function<double[], Map<String, Double>> measures) {
        Map<String, Double> observed = Bootstrap.minus(
                measures.apply(TextCounts.sum(second, slots)), measures.apply(TextCounts.sum(first, slots)));
        Map<String, Integer> asLarge = new LinkedHashMap<>();
        observed.keySet().forEach(name -> asLarge.put(name, 1));
        SplittableRandom random = new SplittableRandom(SEED);
        double[] left = new double[slots];
        double[] right = new double[slots];
        for (int shuffle = 0; shuffle < SHUFFLES; shuffle++) {
            Arrays.fill(left, 0);
            Arrays.fill(right, 0);
            for (int text = 0; text < first.size(); text++) {
                boolean swapped = random.nextBoolean();
                first.get(text).addTo(swapped ? right : left);
                second.get(text).addTo(swapped ? left : right);
            }
            count(asLarge, observed, Bootstrap.minus(measures.apply(right), measures.apply(left)));
        }
        Map<String, Double> values = new LinkedHashMap<>();
        asLarge.forEach((name, count) -> values.put(name, count / (SHUFFLES + 1.0)));
        return values;
    }

    private static void count(
            Map<String, Integer> asLarge, Map<String, Double> observed, Map<String, Double> differences) {
        differences.forEach((name, difference) -> {
            if (Math.abs(difference) >= Math.abs(observed.getOrDefault(name, 0.0)) - ROUNDING) {
                asLarge.merge(name, 1, Integer::sum);
            }
        });
    }
}
