package dev.glosstream.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Counts of true against predicted classes.
 *
 * <p>A text that was refused counts as predicted in no class: wrong, and in no class's precision.
 */
public final class ClassificationReport implements Report {
    private final List<String> labels;
    /** {@code confusion[truth][prediction]}; the last column counts refused texts. */
    private final int[][] confusion;

    /** Creates an empty report. */
    public ClassificationReport(List<String> labels) {
        this.labels = List.copyOf(labels);
        this.confusion = new int[labels.size()][labels.size() + 1];
    }

    /**
     * Counts one text.
     *
     * @param predicted a label, or the empty string for a refused text
     */
    public void add(String truth, String predicted) {
        int row = labels.indexOf(truth);
        if (row < 0) {
            throw new IllegalArgumentException("report: expected a true label of " + labels + ", got '" + truth + "'");
        }
        int column = labels.indexOf(predicted);
        confusion[row][column < 0 ? labels.size() : column]++;
    }

    private int truths(int label) {
        int sum = 0;
        for (int count : confusion[label]) {
            sum += count;
        }
        return sum;
    }

    private int predictions(int label) {
        int sum = 0;
        for (int[] row : confusion) {
            sum += row[label];
        }
        return sum;
    }

    private int examples() {
        int sum = 0;
        for (int label = 0; label < labels.size(); label++) {
            sum += truths(label);
        }
        return sum;
    }

    private double recall(int label) {
        return ratio(confusion[label][label], truths(label));
    }

    private double precision(int label) {
        return ratio(confusion[label][label], predictions(label));
    }

    private double f1(int label) {
        return harmonicMean(precision(label), recall(label));
    }

    /** Returns part ÷ whole, 0 if the whole is 0. */
    static double ratio(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /** Returns the harmonic mean, 0 if both are 0. */
    static double harmonicMean(double left, double right) {
        return left + right == 0 ? 0 : 2 * left * right / (left + right);
    }

    @Override
    public Map<String, Double> metrics() {
        int correct = 0;
        double f1 = 0;
        double recall = 0;
        for (int label = 0; label < labels.size(); label++) {
            correct += confusion[label][label];
            f1 += f1(label) / labels.size();
            recall += recall(label) / labels.size();
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("examples", (double) examples());
        metrics.put("accuracy", ratio(correct, examples()));
        metrics.put("macroF1", f1);
        metrics.put("macroRecall", recall);
        for (int label = 0; label < labels.size(); label++) {
            metrics.put("f1." + labels.get(label), f1(label));
        }
        return metrics;
    }

    @Override
    public double score() {
        Map<String, Double> metrics = metrics();
        return (metrics.getOrDefault("macroF1", 0.0) + metrics.getOrDefault("macroRecall", 0.0)) / 2;
    }

    @Override
    public String toText() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, "%-10s %9s %9s %9s %9s%n", "label", "precision", "recall", "f1", "examples"));
        for (int label = 0; label < labels.size(); label++) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-10s %9.4f %9.4f %9.4f %9d%n",
                    labels.get(label),
                    precision(label),
                    recall(label),
                    f1(label),
                    truths(label)));
        }
        Map<String, Double> metrics = metrics();
        return text
                + String.format(
                        Locale.ROOT,
                        "accuracy %.4f   macro-F1 %.4f   macro-recall %.4f   examples %d",
                        metrics.get("accuracy"),
                        metrics.get("macroF1"),
                        metrics.get("macroRecall"),
                        examples());
    }
}
