package dev.glosstream.config;

/** What the enriched topic holds. */
public enum OutputMode {
    /** An {@code EnrichedEvent}: the fields that the pipeline reads, and the labels. */
    WRAP("wrap"),
    /** The record as it came, in its own format, with the labels as one more field. */
    APPEND("append");

    private final String code;

    OutputMode(String code) {
        this.code = code;
    }

    /** Returns the mode's name in the settings. */
    public String code() {
        return code;
    }
}
