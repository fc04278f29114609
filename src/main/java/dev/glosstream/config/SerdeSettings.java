package dev.glosstream.config;

import java.util.Map;
import java.util.TreeSet;

/**
 * A serializer and a deserializer of a registry's maker, in place of our own. Its text shows no value, they may be secrets.
 *
 * @param serializer name of a class that implements Kafka's {@code Serializer}; empty for our own
 * @param deserializer name of a class that implements Kafka's {@code Deserializer}; empty for our own
 * @param properties handed to both as they are
 */
public record SerdeSettings(String serializer, String deserializer, Map<String, String> properties) {
    /** Our own. */
    public static final SerdeSettings OWN = new SerdeSettings("", "", Map.of());

    /** Validates and copies. */
    public SerdeSettings {
        properties = Map.copyOf(properties);
        if (serializer.isEmpty() && deserializer.isEmpty() && !properties.isEmpty()) {
            throw new IllegalArgumentException(
                    "registry.serde.properties: expected none without registry.serde.serializer"
                            + " or registry.serde.deserializer, got " + new TreeSet<>(properties.keySet())
                            + "; name a class");
        }
    }

    /** Returns the classes and the names of the properties. */
    @Override
    public String toString() {
        return "SerdeSettings[serializer=" + serializer + ", deserializer=" + deserializer + ", properties="
                + new TreeSet<>(properties.keySet()) + "]";
    }
}
