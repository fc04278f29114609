package dev.glosstream.model;

import java.util.Locale;

/**
 * How a bundle does in another precision than the one it was trained in, on texts with known labels that it was not
 * trained on.
 *
 * @param data the texts, as their files are called
 * @param texts how many they are, those that are refused left out
 * @param sameLabels how many of them got the same labels in both precisions: class, or all entities with type and offsets
 * @param metric what was measured, for example {@code macroF1}
 * @param reference its value in single precision
 * @param value its value in this precision
 * @param program name and version of the program that checked, and the command
 */
public record PrecisionCheck(
        String data, int texts, int sameLabels, String metric, double reference, double value, String program) {
    /** Least share of texts that must keep their labels. */
    public static final double LEAST_AGREEMENT = 0.995;
    /** What the metric may lose. */
    public static final double MOST_LOSS = 0.002;
    /** Fewer texts show nothing: one that differs would be more than a check forgives. */
    public static final int FEWEST_TEXTS = 200;

    private static final int PERCENT = 100;

    /** Validates the numbers. */
    public PrecisionCheck {
        if (texts < 0 || sameLabels < 0 || sameLabels > texts) {
            throw new IllegalArgumentException("precisionChecks: expected sameLabels 0 to texts, got " + sameLabels
                    + " of " + texts + "; check again with 'evaluate --check-precision'");
        }
    }

    /** Returns the share of texts that keep their labels, 0 to 1. */
    public double agreement() {
        return texts == 0 ? 0 : (double) sameLabels / texts;
    }

    /** Returns whether the bundle may be served in this precision without being asked for it. */
    public boolean allows() {
        return texts >= FEWEST_TEXTS && agreement() >= LEAST_AGREEMENT && value >= reference - MOST_LOSS;
    }

    /** Returns what {@link #allows} asks for, in words. */
    public static String requirement() {
        return String.format(
                Locale.ROOT,
                "%.1f %% same labels and at most %.3f less of the metric on at least %d texts",
                LEAST_AGREEMENT * PERCENT,
                MOST_LOSS,
                FEWEST_TEXTS);
    }

    /** Returns what was seen, in words, for example {@code 99.9 % same labels, macroF1 0.731 -> 0.731 on 2,000 dev texts}. */
    public String describe() {
        // Cut, not rounded: 99.49 % must not read as enough.
        double percent = Math.floor(agreement() * PERCENT * 100) / 100;
        return String.format(
                Locale.ROOT,
                "%.2f %% same labels, %s %.4f -> %.4f on %,d dev texts",
                percent,
                metric,
                reference,
                value,
                texts);
    }
}
