package dev.glosstream.topology;

import dev.glosstream.config.RegistryCredentials;
import dev.glosstream.config.RegistrySettings;
import dev.glosstream.config.SerdeSettings;
import dev.glosstream.config.SubjectNaming;
import dev.glosstream.config.TlsSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The properties that a named serde is configured with: our settings in the words of its maker, where the maker is known;
 * over them {@code registry.serde.properties} as they are.
 */
final class SerdeProperties {
    private static final String CONFLUENT = "io.confluent.";
    private static final String CONFLUENT_NAMING = "io.confluent.kafka.serializers.subject.";
    private static final String APICURIO = "io.apicurio.";
    private static final String APICURIO_SERDE = "io.apicurio.registry.serde.";
    private static final String APICURIO_TLS = "apicurio.registry.tls.";

    private SerdeProperties() {}

    /** Returns the properties; they hold secrets. */
    static Map<String, String> of(RegistrySettings settings) {
        Map<String, String> properties = new HashMap<>();
        SerdeSettings serde = settings.serde();
        if (isOf(serde, CONFLUENT)) {
            properties.putAll(confluent(settings));
        }
        if (isOf(serde, APICURIO)) {
            properties.putAll(apicurio(settings));
        }
        properties.putAll(serde.properties());
        return properties;
    }

    private static boolean isOf(SerdeSettings serde, String maker) {
        return serde.serializer().startsWith(maker) || serde.deserializer().startsWith(maker);
    }

    private static Map<String, String> confluent(RegistrySettings settings) {
        Map<String, String> properties = new HashMap<>();
        properties.put(
                "schema.registry.url",
                settings.urls().stream().map(URI::toString).collect(Collectors.joining(",")));
        properties.put("auto.register.schemas", Boolean.toString(settings.autoRegister()));
        // The default of their reader is a class per record, and of their writer what only Java needs.
        properties.put("specific.avro.reader", "false");
        properties.put("avro.remove.java.properties", "true");
        properties.put("value.subject.name.strategy", CONFLUENT_NAMING + confluentNaming(settings.subjects()));
        RegistryCredentials credentials = settings.access().credentials();
        if (!credentials.token().isEmpty()) {
            properties.put("bearer.auth.credentials.source", "STATIC_TOKEN");
            properties.put("bearer.auth.token", credentials.token());
        } else if (!credentials.username().isEmpty()) {
            properties.put("basic.auth.credentials.source", "USER_INFO");
            properties.put("basic.auth.user.info", credentials.username() + ":" + credentials.password());
        }
        TlsSettings tls = settings.access().tls();
        String ssl = "schema.registry.ssl.";
        tls.truststore().ifPresent(file -> store(properties, ssl + "truststore.", file, tls.truststorePassword()));
        tls.keystore().ifPresent(file -> store(properties, ssl + "keystore.", file, tls.keystorePassword()));
        return properties;
    }

    private static String confluentNaming(SubjectNaming subjects) {
        return switch (subjects) {
            case TOPIC -> "TopicNameStrategy";
            case RECORD -> "RecordNameStrategy";
            case TOPIC_RECORD -> "TopicRecordNameStrategy";
        };
    }

    /** Apicurio's serde speaks Apicurio's own API, which lies beside the compatible one. */
    private static Map<String, String> apicurio(RegistrySettings settings) {
        Map<String, String> properties = new HashMap<>();
        String url = settings.urls().get(0).toString();
        properties.put("apicurio.registry.url", url.replaceFirst("/apis/ccompat/v[0-9]+/?$", "/apis/registry/v3"));
        properties.put("apicurio.registry.auto-register", Boolean.toString(settings.autoRegister()));
        properties.put(
                "apicurio.registry.artifact-resolver-strategy", APICURIO_SERDE + apicurioNaming(settings.subjects()));
        RegistryCredentials credentials = settings.access().credentials();
        if (!credentials.username().isEmpty()) {
            properties.put("apicurio.registry.auth.username", credentials.username());
            properties.put("apicurio.registry.auth.password", credentials.password());
        }
        TlsSettings tls = settings.access().tls();
        tls.truststore()
                .ifPresent(file -> store(properties, APICURIO_TLS + "truststore.", file, tls.truststorePassword()));
        return properties;
    }

    private static String apicurioNaming(SubjectNaming subjects) {
        return switch (subjects) {
            case TOPIC -> "strategy.TopicIdStrategy";
            case RECORD -> "avro.strategy.QualifiedRecordIdStrategy";
            case TOPIC_RECORD -> "avro.strategy.TopicRecordIdStrategy";
        };
    }

    private static void store(Map<String, String> properties, String prefix, Path file, String password) {
        properties.put(prefix + "location", file.toString());
        properties.put(prefix + "type", type(file));
        if (!password.isEmpty()) {
            properties.put(prefix + "password", password);
        }
    }

    private static String type(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jks")) {
            return "JKS";
        }
        return name.endsWith(".p12") || name.endsWith(".pfx") ? "PKCS12" : "PEM";
    }
}
