package dev.glosstream.config;

/**
 * Where a value was written.
 *
 * @param source file name as given, or {@link #OVERRIDE}
 * @param line line in the file from 1; {@link Integer#MAX_VALUE} for an override
 */
record Origin(String source, int line) {
    private static final String OVERRIDE = "--set";

    /** Returns the origin of an override. */
    static Origin override() {
        return new Origin(OVERRIDE, Integer.MAX_VALUE);
    }

    /** Returns whether the value was given as an override. */
    boolean isOverride() {
        return line == Integer.MAX_VALUE;
    }

    /** Returns what a message starts with: {@code file:line: } or {@code --set }. */
    String place() {
        return isOverride() ? OVERRIDE + " " : source + ":" + line + ": ";
    }
}
