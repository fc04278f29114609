package dev.glosstream.testkit;

import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import java.util.List;

/** A topology that texts go through: where they go in, and what comes out as lines. */
interface TextTopology {
    /** Returns the topology at work. */
    TopologyHarness harness();

    /** Sends a text. */
    void send(String key, String text);

    /** Returns a line for every text that was labelled, in order. */
    List<String> labelled();

    /** Returns a line for every text that was rejected, in order. */
    List<String> deadLetters();

    /** Returns the keys in the order in which they left. */
    List<String> order();

    /** Returns the line of a labelled text. */
    static String line(String key, String text, Labels labels) {
        StringBuilder line = new StringBuilder(key).append(':');
        labels.sentiment().ifPresent(sentiment -> line.append(' ').append(sentiment.label()));
        for (Entity entity : labels.entities().orElse(List.of())) {
            line.append(" [")
                    .append(entity.textOf(text))
                    .append(' ')
                    .append(entity.type())
                    .append(']');
        }
        return line.toString();
    }
}
