package dev.glosstream.app;

import dev.glosstream.config.LogSettings;
import java.util.Map;

/**
 * How this process writes its log: system properties that log4j2.xml reads when the first logger is made, so they must be set
 * before. What is given on Java's command line stays as it is.
 */
final class LogOutput {
    private static final String FORMAT = "glosstream.log.format";
    private static final String OWN_LEVEL = "glosstream.log.own.level";
    private static final String LEVEL = "glosstream.log.level";
    private static final String FORMAT_VARIABLE = "GLOSSTREAM_LOG_FORMAT";

    private LogOutput() {}

    /** Applies the settings of a pipeline that is about to run. */
    static void apply(LogSettings settings) {
        set(FORMAT, settings.format().code());
        set(OWN_LEVEL, settings.level().code());
        set(LEVEL, settings.libraries().code());
    }

    /** Applies what the environment asks for, before any settings are read: a mistake in them is told in that format too. */
    static void applyEnvironment(Map<String, String> environment) {
        String json = LogSettings.Format.JSON.code();
        if (json.equals(environment.get(FORMAT_VARIABLE))) {
            set(FORMAT, json);
        }
    }

    /** Returns whether the log is JSON: then nothing else may be written beside it. */
    static boolean isJson() {
        return LogSettings.Format.JSON.code().equals(System.getProperty(FORMAT));
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
