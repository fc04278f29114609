package dev.glosstream.topology;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.StreamsConfig;

/**
 * A property of Kafka Streams or of one of its clients, as Kafka itself defines it.
 *
 * @param definition of what the property may be
 */
record KafkaProperty(ConfigDef.ConfigKey definition) {
    private static final ConfigDef STREAMS = StreamsConfig.configDef();

    /** Prefix by which Kafka Streams tells its clients apart → what they take. */
    private static final Map<String, ConfigDef> CLIENTS = Map.of(
            StreamsConfig.PRODUCER_PREFIX, ProducerConfig.configDef(),
            StreamsConfig.CONSUMER_PREFIX, ConsumerConfig.configDef(),
            StreamsConfig.MAIN_CONSUMER_PREFIX, ConsumerConfig.configDef(),
            StreamsConfig.RESTORE_CONSUMER_PREFIX, ConsumerConfig.configDef(),
            StreamsConfig.GLOBAL_CONSUMER_PREFIX, ConsumerConfig.configDef(),
            StreamsConfig.ADMIN_CLIENT_PREFIX, AdminClientConfig.configDef());

    /** Of a property without prefix the first that knows it: where two do, they mean the same. */
    private static final List<ConfigDef> PLAIN =
            List.of(STREAMS, ConsumerConfig.configDef(), ProducerConfig.configDef(), AdminClientConfig.configDef());

    /** Those that are no secret, and mean the same on every machine: a class may be missing where the pipeline is drawn. */
    private static final Set<ConfigDef.Type> CHECKED = Set.of(
            ConfigDef.Type.BOOLEAN,
            ConfigDef.Type.SHORT,
            ConfigDef.Type.INT,
            ConfigDef.Type.LONG,
            ConfigDef.Type.DOUBLE,
            ConfigDef.Type.STRING);

    /** Returns the property of that name, with or without the prefix of a client; empty if Kafka does not know it. */
    static Optional<KafkaProperty> named(String name) {
        Optional<String> prefix =
                CLIENTS.keySet().stream().filter(name::startsWith).findFirst();
        Stream<ConfigDef> definitions = prefix.map(CLIENTS::get).stream();
        String plain = name.substring(prefix.map(String::length).orElse(0));
        return (prefix.isPresent() ? definitions : PLAIN.stream())
                .flatMap(each -> Optional.ofNullable(each.configKeys().get(plain)).stream())
                .findFirst()
                .map(KafkaProperty::new);
    }

    /** Returns what is wrong with a value, {@code expected …, got …; what to do}; empty if Kafka takes it. */
    Optional<String> mistake(String value) {
        if (!CHECKED.contains(definition.type())) {
            return Optional.empty();
        }
        try {
            Object parsed = ConfigDef.parseType(definition.name, value, definition.type());
            if (definition.validator != null) {
                definition.validator.ensureValid(definition.name, parsed);
            }
            return Optional.empty();
        } catch (ConfigException refused) {
            return Optional.of("expected " + expected() + ", got '" + value + "'; correct or remove it");
        }
    }

    private String expected() {
        String kind =
                switch (definition.type()) {
                    case BOOLEAN -> "true or false";
                    case SHORT, INT, LONG -> "a whole number (" + definition.type() + ")";
                    case DOUBLE -> "a number";
                    default -> "a text";
                };
        return definition.validator == null ? kind : kind + ", " + definition.validator;
    }
}
