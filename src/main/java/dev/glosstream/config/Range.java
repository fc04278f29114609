package dev.glosstream.config;

/**
 * The whole numbers that a setting may have.
 *
 * @param least smallest, inclusive
 * @param most largest, inclusive; not below {@code least}
 */
public record Range(long least, long most) {

    /** Validates the order. */
    public Range {
        if (least > most) {
            throw new IllegalArgumentException("range: expected least <= most, got " + least + " and " + most);
        }
    }

    /** Returns the range of whole numbers of at least that size that fit an {@code int}. */
    public static Range atLeast(int least) {
        return new Range(least, Integer.MAX_VALUE);
    }

    /** Returns whether the value lies within. */
    public boolean contains(long value) {
        return value >= least && value <= most;
    }

    /**
     * Requires a value within.
     *
     * @throws IllegalArgumentException naming the setting, the bounds and the value
     */
    public void require(String name, long value) {
        if (!contains(value)) {
            throw new IllegalArgumentException(name + ": expected " + this + ", got " + value);
        }
    }

    /** Returns the bounds in words: {@code 1 to 256}, {@code at least 1}. */
    @Override
    public String toString() {
        return most == Integer.MAX_VALUE ? "at least " + least : least + " to " + most;
    }
}
