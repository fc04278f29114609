package dev.glosstream.config;

/** Checks of numeric settings. */
final class Ranges {
    private Ranges() {}

    /**
     * Requires a value within bounds.
     *
     * @throws IllegalArgumentException naming the setting, the bounds and the value
     */
    static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": expected " + least + " to " + most + ", got " + value);
        }
    }
}
