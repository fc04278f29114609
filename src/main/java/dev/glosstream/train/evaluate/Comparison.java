package dev.glosstream.train.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two models on the same texts.
 *
 * @param first what the first model reached
 * @param second what the second model reached
 * @param differences by measure, in the order of the reports
 * @param agreement on which texts they differ
 */
public record Comparison(Report first, Report second, Map<String, Difference> differences, Agreement agreement) {

    /**
     * The difference of one measure.
     *
     * @param first value of the first model
     * @param second value of the second model
     * @param interval 95 % interval of {@code second - first}, by resampling the texts
     * @param pValue probability of a difference as large if the models were alike, by approximate randomisation
     */
    public record Difference(double first, double second, Interval interval, double pValue) {
        /** Returns how much greater the second is. */
        public double value() {
            return second - first;
        }
    }

    /**
     * Texts by who has them right as a whole: the class, or every entity and no other.
     *
     * @param bothRight by both
     * @param onlyFirst by the first alone
     * @param onlySecond by the second alone
     * @param bothWrong by neither
     * @param different answered differently, right or wrong
     * @param pValue of McNemar's exact test on the two counts that differ
     */
    public record Agreement(
            int bothRight, int onlyFirst, int onlySecond, int bothWrong, int different, double pValue) {}

    /**
     * Compares reports on the same texts.
     *
     * @throws IllegalArgumentException if they are of other texts or labels
     */
    public static Comparison of(Report first, Report second) {
        if (first.task() != second.task()
                || !first.labels().equals(second.labels())
                || first.examples() != second.examples()) {
            throw new IllegalArgumentException(
                    "comparison: expected two models of the same labels on the same texts, got "
                            + first.labels() + " on " + first.examples() + " and " + second.labels() + " on "
                            + second.examples());
        }
        Map<String, Double> pValues = PairedTests.randomisation(
                first.counts(), second.counts(), first.scoring().slots(), first.scoring()::measures);
        Map<String, Interval> intervals = Bootstrap.differences(
                first.counts(), second.counts(), first.scoring().slots(), first.scoring()::measures);
        Map<String, Double> right = second.metrics();
        Map<String, Difference> differences = new LinkedHashMap<>();
        first.metrics().forEach((name, value) -> {
            Interval interval = intervals.get(name);
            if (interval != null) {
                differences.put(
                        name,
                        new Difference(
                                value, right.getOrDefault(name, 0.0), interval, pValues.getOrDefault(name, 1.0)));
            }
        });
        return new Comparison(first, second, differences, agreement(first, second));
    }

    private static Agreement agreement(Report first, Report second) {
        Scoring scoring = first.scoring();
        List<JudgedText> left = first.texts();
        int[][] texts = new int[2][2];
        int different = 0;
        for (int index = 0; index < left.size(); index++) {
            JudgedText one = left.get(index);
            JudgedText other = second.texts().get(index);
            if (!one.example().equals(other.example())) {
                throw new IllegalArgumentException("comparison: expected the same texts, got others at " + index);
            }
            int firstRight = scoring.isRight(one.example(), one.answer()) ? 1 : 0;
            int secondRight = scoring.isRight(other.example(), other.answer()) ? 1 : 0;
            texts[firstRight][secondRight]++;
            different += scoring.isSame(one.answer(), other.answer()) ? 0 : 1;
        }
        return new Agreement(
                texts[1][1],
                texts[1][0],
                texts[0][1],
                texts[0][0],
                different,
                PairedTests.mcNemar(texts[1][0], texts[0][1]));
    }

    /** Returns a table for a person. */
    public String toText() {
        return ReportText.of(this);
    }
}
