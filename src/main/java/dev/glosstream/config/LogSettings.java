package dev.glosstream.config;

/**
 * What {@code glosstream run} writes to its log, and how.
 *
 * @param format lines for people or for machines
 * @param level least level of Glosstream's own lines
 * @param libraries least level of everything else: Kafka, DJL
 */
public record LogSettings(Format format, Level level, Level libraries) {
    /** Lines for people; own lines from {@code info}, those of the libraries from {@code warn}. */
    public static final LogSettings DEFAULT = new LogSettings(Format.TEXT, Level.INFO, Level.WARN);

    /** How a line looks. */
    public enum Format {
        /** For people. */
        TEXT("text"),
        /** One JSON object a line, with the field names of the Elastic Common Schema. */
        JSON("json");

        private final String code;

        Format(String code) {
            this.code = code;
        }

        /** Returns the value in a settings file. */
        public String code() {
            return code;
        }
    }

    /** How grave a line is. */
    public enum Level {
        /** Something failed. */
        ERROR("error"),
        /** Something may fail. */
        WARN("warn"),
        /** Something happened. */
        INFO("info"),
        /** Something that only its author wants to know. */
        DEBUG("debug");

        private final String code;

        Level(String code) {
            this.code = code;
        }

        /** Returns the value in a settings file. */
        public String code() {
            return code;
        }
    }
}
