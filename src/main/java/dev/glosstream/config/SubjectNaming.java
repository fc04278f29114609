package dev.glosstream.config;

/** Under which subject of a schema registry the schema of a topic's values stands. */
public enum SubjectNaming {
    /** {@code <topic>-value}: one record type per topic. What registries and clients do by default. */
    TOPIC("topic"),
    /** The full name of the record: the same schema for every topic. */
    RECORD("record"),
    /** {@code <topic>-<full name>}: several record types per topic, each topic with versions of its own. */
    TOPIC_RECORD("topic-record");

    private final String code;

    SubjectNaming(String code) {
        this.code = code;
    }

    /** Returns how it is written in settings. */
    public String code() {
        return code;
    }

    /**
     * Returns the subject of a topic's values.
     *
     * @param topic where the values go
     * @param recordName full name of their record
     */
    public String subject(String topic, String recordName) {
        return switch (this) {
            case TOPIC -> topic + "-value";
            case RECORD -> recordName;
            case TOPIC_RECORD -> topic + "-" + recordName;
        };
    }
}
