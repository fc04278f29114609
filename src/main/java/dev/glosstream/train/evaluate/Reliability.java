package dev.glosstream.train.evaluate;

import java.util.List;

/**
 * Whether answers given with a confidence of 80 % are right in 80 % of the cases.
 *
 * @param bins equally wide classes of confidence, from 0 to 1; those without answers included
 * @param error expected calibration error, 0 to 1: the mean over answers of |confidence − share right| of their bin
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al., "On Calibration of Modern Neural Networks", 2017</a>
 */
public record Reliability(List<Bin> bins, double error) {
    /** As many bins as Guo et al. use. */
    static final int BINS = 15;
    /** Sums kept per bin: answers, their confidence, those that are right. */
    static final int SLOTS = 3 * BINS;

    /** Copies the bins. */
    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * Answers of like confidence.
     *
     * @param low least confidence, inclusive
     * @param high greatest confidence, exclusive but for 1
     * @param answers how many
     * @param confidence their mean confidence, 0 if there are none
     * @param right share of them that are right, 0 if there are none
     */
    public record Bin(double low, double high, long answers, double confidence, double right) {}

    /** Counts one answer. */
    static void count(TextCounts.Builder counts, int firstSlot, double confidence, boolean right) {
        int bin = Math.max(0, Math.min(BINS - 1, (int) (confidence * BINS)));
        counts.add(firstSlot + bin, 1).add(firstSlot + BINS + bin, confidence);
        if (right) {
            counts.add(firstSlot + 2 * BINS + bin, 1);
        }
    }

    /** Returns what sums say. */
    static Reliability of(double[] sums, int firstSlot) {
        Bin[] bins = new Bin[BINS];
        for (int bin = 0; bin < BINS; bin++) {
            double answers = sums[firstSlot + bin];
            bins[bin] = new Bin(
                    (double) bin / BINS,
                    (bin + 1.0) / BINS,
                    Math.round(answers),
                    Ratios.ratio(sums[firstSlot + BINS + bin], answers),
                    Ratios.ratio(sums[firstSlot + 2 * BINS + bin], answers));
        }
        return new Reliability(List.of(bins), error(sums, firstSlot));
    }

    /** Returns the expected calibration error alone; 0 if there are no answers. */
    static double error(double[] sums, int firstSlot) {
        double answers = 0;
        double gap = 0;
        for (int bin = firstSlot; bin < firstSlot + BINS; bin++) {
            answers += sums[bin];
            gap += Math.abs(sums[bin + BINS] - sums[bin + 2 * BINS]);
        }
        return Ratios.ratio(gap, answers);
    }
}
