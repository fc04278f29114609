package dev.glosstream.config;

/**
 * How labelled events are written.
 *
 * @param mode what the enriched topic holds
 * @param field name of the appended field; of no effect in other modes
 * @param labelTopics whether sentiment and entities are also written alone, each to its own topic
 */
public record OutputSettings(OutputMode mode, String field, boolean labelTopics) {
    /** What the field may be called: Avro's rule. */
    static final TextRule FIELD =
            new TextRule("[A-Za-z_][A-Za-z0-9_]{0,99}", "1 to 100 letters, digits or '_', the first no digit");

    /** {@code EnrichedEvent}s, and the labels alone. */
    public static final OutputSettings DEFAULT = new OutputSettings(OutputMode.WRAP, "nlp", true);

    /** Validates the name. */
    public OutputSettings {
        if (!FIELD.accepts(field)) {
            throw new IllegalArgumentException("output.field: expected " + FIELD.words() + ", got '" + field + "'");
        }
    }
}
