package dev.glosstream.window;

import java.util.Map;
import java.util.OptionalLong;

/**
 * Tells how much of an input topic lies ready, so that a window waits for nothing that will not come, and for all that has
 * come.
 *
 * <p>A processor of Kafka Streams cannot see it; whoever makes the clients can. It comes to the window through the
 * properties of the application, under {@link #PROPERTY}; without it a window closes by its bounds alone.
 */
public interface InputBacklog {
    /** Name of the property of Kafka Streams whose value is an instance of this. */
    String PROPERTY = "glosstream.input.backlog";

    /** Knows nothing. */
    InputBacklog UNKNOWN = (topic, partition, offset) -> OptionalLong.empty();

    /**
     * Returns how many offsets after one are known to lie in a partition, at least 0; empty if that is not known. Markers of
     * transactions count too. To be asked on the stream thread that reads the partition; it does not block.
     */
    OptionalLong after(String topic, int partition, long offset);

    /** Returns what the properties of an application name, or {@link #UNKNOWN}. */
    static InputBacklog of(Map<String, Object> properties) {
        return properties.get(PROPERTY) instanceof InputBacklog backlog ? backlog : UNKNOWN;
    }
}
