package dev.glosstream.train.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * How much figures would move with other texts of the same kind: texts are drawn with replacement, as many as there are, and
 * measured again, {@value #RESAMPLES} times; the middle 95 % of the values are the interval (percentile method). The seed
 * is fixed, so the same answers give the same intervals.
 *
 * @see <a href="https://doi.org/10.1214/aos/1176344552">Efron, "Bootstrap Methods: Another Look at the Jackknife", 1979</a>
 */
final class Bootstrap {
    /** Times the texts are drawn anew. */
    static final int RESAMPLES = 1000;

    private static final double TAIL = 0.025;
    private static final long SEED = 20_170_615;

    private Bootstrap() {}

    /** Returns the interval of each measure. */
    static Map<String, Interval> intervals(
            List<TextCounts> texts, int slots, Function<double[], Map<String, Double>> measures) {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<String, double[]> values = new LinkedHashMap<>();
        double[] sums = new double[slots];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            Arrays.fill(sums, 0);
            for (int draw = 0; draw < texts.size(); draw++) {
                texts.get(random.nextInt(texts.size())).addTo(sums);
            }
            put(values, resample, measures.apply(sums));
        }
        return middle(values);
    }

    /** Returns the interval of each measure's difference, second minus first, over the same texts. */
    static Map<String, Interval> differences(
            List<TextCounts> first,
            List<TextCounts> second,
            int slots,
            Function<double[], Map<String, Double>> measures) {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<String, double[]> values = new LinkedHashMap<>();
        double[] firstSums = new double[slots];
        double[] secondSums = new double[slots];
        for (int resample = 0; resample < RESAMPLES; resample++) {
            Arrays.fill(firstSums, 0);
            Arrays.fill(secondSums, 0);
            for (int draw = 0; draw < first.size(); draw++) {
                int text = random.nextInt(first.size());
                first.get(text).addTo(firstSums);
                second.get(text).addTo(secondSums);
            }
            put(values, resample, minus(measures.apply(secondSums), measures.apply(firstSums)));
        }
        return middle(values);
    }

    /** Returns left minus right, measure by measure. */
    static Map<String, Double> minus(Map<String, Double> left, Map<String, Double> right) {
        Map<String, Double> differences = new LinkedHashMap<>();
        left.forEach((name, value) -> differences.put(name, value - right.getOrDefault(name, 0.0)));
        return differences;
    }

    private static void put(Map<String, double[]> values, int resample, Map<String, Double> measured) {
        measured.forEach(
                (name, value) -> values.computeIfAbsent(name, unused -> new double[RESAMPLES])[resample] = value);
    }

    private static Map<String, Interval> middle(Map<String, double[]> values) {
        Map<String, Interval> intervals = new LinkedHashMap<>();
        values.forEach((name, drawn) -> {
            Arrays.sort(drawn);
            int low = (int) Math.round(TAIL * (RESAMPLES - 1));
            intervals.put(name, new Interval(drawn[low], drawn[RESAMPLES - 1 - low]));
        });
        return intervals;
    }
}
