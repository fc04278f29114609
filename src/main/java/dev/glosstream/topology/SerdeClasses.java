package dev.glosstream.topology;

import dev.glosstream.config.ConfigException;
import dev.glosstream.config.RegistrySettings;
import dev.glosstream.registry.RegistryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The serializer and the deserializer that the settings name, one of each for the whole pipeline. Any thread: one at a time
 * is in each of them, because Kafka promises nothing about their threads.
 */
final class SerdeClasses implements AutoCloseable {
    private final Optional<Serializer<Object>> serializer;
    private final Optional<Deserializer<Object>> deserializer;

    /**
     * Creates and configures what is named.
     *
     * @throws ConfigException if a class is not there, is another, or refuses its properties
     */
    SerdeClasses(RegistrySettings settings) {
        Map<String, String> properties = SerdeProperties.of(settings);
        String serializerName = settings.serde().serializer();
        this.serializer = serializerName.isEmpty()
                ? Optional.empty()
                : Optional.of(serializer("registry.serde.serializer", serializerName, properties));
        String deserializerName = settings.serde().deserializer();
        this.deserializer = deserializerName.isEmpty()
                ? Optional.empty()
                : Optional.of(deserializer("registry.serde.deserializer", deserializerName, properties));
    }

    // The classes are generic, and what a name stands for is known at run time only.
    @SuppressWarnings("unchecked")
    private static Serializer<Object> serializer(String setting, String name, Map<String, String> properties) {
        try {
            Serializer<Object> made = Utils.newInstance(name, Serializer.class);
            made.configure(properties, false);
            return made;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw unusable(setting, name, e);
        }
    }

    @SuppressWarnings("unchecked") // as above
    private static Deserializer<Object> deserializer(String setting, String name, Map<String, String> properties) {
        try {
            Deserializer<Object> made = Utils.newInstance(name, Deserializer.class);
            made.configure(properties, false);
            return made;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            throw unusable(setting, name, e);
        }
    }

    private static ConfigException unusable(String setting, String name, Throwable cause) {
        ConfigException mistake =
                new ConfigException(List.of(setting + ": expected a class on the class path that takes"
                        + " registry.serde.properties, got '" + name + "' ("
                        + cause.getClass().getSimpleName()
                        + "); name its jars in GLOSSTREAM_CLASSPATH, or correct it"));
        mistake.initCause(cause);
        return mistake;
    }

    /** Returns whether a serializer is named. */
    boolean hasSerializer() {
        return serializer.isPresent();
    }

    /** Returns whether a deserializer is named. */
    boolean hasDeserializer() {
        return deserializer.isPresent();
    }

    /**
     * Returns the bytes that the named serializer makes of a record.
     *
     * @throws RegistryException if it fails: the records are our own, so it is not about them
     */
    byte[] serialize(String topic, Object record) {
        Serializer<Object> named = serializer.orElseThrow();
        try {
            byte[] bytes;
            synchronized (named) {
                bytes = named.serialize(topic, record);
            }
            if (bytes == null) {
                throw new SerializationException("null");
            }
            return bytes;
        } catch (RuntimeException e) {
            throw new RegistryException(
                    "registry.serde.serializer '" + named.getClass().getName() + "': expected to write to topic '"
                            + topic
                            + "', got " + e.getClass().getSimpleName() + "; check the registry and"
                            + " registry.serde.properties",
                    e);
        }
    }

    /**
     * Returns what the named deserializer makes of a value; null if it makes nothing of it.
     *
     * @param headers of the record; it may change them
     * @throws RuntimeException of any kind, as serdes do
     */
    @Nullable
    Object deserialize(String topic, Headers headers, byte[] value) {
        Deserializer<Object> named = deserializer.orElseThrow();
        synchronized (named) {
            return named.deserialize(topic, headers, value);
        }
    }

    @Override
    public void close() {
        serializer.ifPresent(Serializer::close);
        deserializer.ifPresent(Deserializer::close);
    }
}
