package dev.glosstream.train.evaluate;

/**
 * Where a figure lies with 95 % confidence.
 *
 * @param low lower end, inclusive
 * @param high upper end, inclusive, not below {@code low}
 */
public record Interval(double low, double high) {
    /** Validates the order. */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("interval: expected low <= high, got " + low + " and " + high);
        }
    }
}
