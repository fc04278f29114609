package dev.glosstream.app;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The log of what a running pipeline lives through: one line an event, a sentence for people and fields for machines.
 *
 * <p>Never the text of a record, nor any other value of one. Any thread.
 */
final class LifeLog {
    /** Marks the lines that stand for themselves: in text they come without time and thread. */
    static final Marker LIFE = MarkerFactory.getMarker("LIFE");

    private static final Logger LOG = LoggerFactory.getLogger(LifeLog.class);

    private LifeLog() {}

    /**
     * Notes an event.
     *
     * @param action what happened, as {@code event.action}: a few words with hyphens
     * @param fields what else a machine may want to know, name → value
     */
    static void event(String action, Map<String, ?> fields, String sentence) {
        write(LOG.atLevel(Level.INFO), action, fields).log(sentence);
    }

    /** Notes something that somebody should look at. */
    static void warning(String action, Map<String, ?> fields, String sentence) {
        write(LOG.atLevel(Level.WARN), action, fields).log(sentence);
    }

    /** Notes why a command ends. */
    static void failure(String sentence) {
        write(LOG.atLevel(Level.ERROR), "failure", Map.of()).log(sentence);
    }

    /** Notes what ends the pipeline. */
    static void fault(String action, Map<String, ?> fields, String sentence, Throwable cause) {
        write(LOG.atLevel(Level.ERROR), action, fields).setCause(cause).log(sentence);
    }

    private static LoggingEventBuilder write(LoggingEventBuilder line, String action, Map<String, ?> fields) {
        LoggingEventBuilder described = line.addMarker(LIFE).addKeyValue("event.action", action);
        for (Map.Entry<String, ?> field : fields.entrySet()) {
            described = described.addKeyValue("glosstream." + field.getKey(), String.valueOf(field.getValue()));
        }
        return described;
    }

    /** Returns a time in words, for a sentence: {@code 1.2 s}. */
    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
