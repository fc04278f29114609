package dev.glosstream.train.evaluate;

/**
 * Texts of like length.
 *
 * @param name bounds in tokens, for example {@code 6–10}
 * @param texts how many, refused ones not counted
 * @param error 1 − accuracy of their classes, or 1 − F1 of their entities
 */
public record LengthBin(String name, int texts, double error) {
    /** Most tokens of each bin; the last has no bound. */
    private static final int[] LAST = {5, 10, 15, 20, 30, 50, 100, Integer.MAX_VALUE};

    /** Returns the number of bins. */
    static int count() {
        return LAST.length;
    }

    /** Returns the bin of a length in tokens, at least 1. */
    static int of(int tokens) {
        int bin = 0;
        while (tokens > LAST[bin]) {
            bin++;
        }
        return bin;
    }

    /** Returns the name of a bin. */
    static String name(int bin) {
        int first = bin == 0 ? 1 : LAST[bin - 1] + 1;
        return bin == LAST.length - 1 ? first + "+" : first + "\u2013" + LAST[bin];
    }
}
