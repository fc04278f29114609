package dev.glosstream.config;

/** How the values of a source are written. */
public enum SourceFormat {
    /** The project's own schema, in Avro single-object encoding. */
    TEXT_EVENT("text-event", false),
    /** Any Avro schema, in Avro single-object encoding. */
    AVRO("avro", true),
    /** One JSON document in UTF-8. */
    JSON("json", true),
    /** The text itself, in UTF-8. */
    STRING("string", false);

    private final String code;
    private final boolean hasPaths;

    SourceFormat(String code, boolean hasPaths) {
        this.code = code;
        this.hasPaths = hasPaths;
    }

    /** Returns the format's name in the settings. */
    public String code() {
        return code;
    }

    /** Returns whether paths say where the fields are. */
    public boolean hasPaths() {
        return hasPaths;
    }
}
