package dev.glosstream.telemetry;

/**
 * Classes of padded length that inference times are told by: each twice as long as the one before.
 *
 * <p>The cost of an LSTM grows with the length of the longest row, because its steps follow one another.
 */
final class LengthClass {
    /** Number of classes. */
    static final int COUNT = 8;

    private static final int SHORTEST = 8;

    private LengthClass() {}

    /**
     * Returns the class of a length, 0 to {@link #COUNT} − 1.
     *
     * @param paddedLength at least 1
     */
    static int of(int paddedLength) {
        int doublings = Integer.SIZE - Integer.numberOfLeadingZeros((paddedLength - 1) / SHORTEST);
        return Math.min(COUNT - 1, doublings);
    }

    /** Returns the lengths of a class in words: {@code 1-8}, {@code 9-16}, … {@code 513+}. */
    static String name(int index) {
        int longest = SHORTEST << index;
        int first = index == 0 ? 1 : longest / 2 + 1;
        return index == COUNT - 1 ? first + "+" : first + "-" + longest;
    }
}
