package io.confluent.kafka.serializers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.confluent.kafka.serializers.subject.NameStrategy;
import io.confluent.kafka.serializers.subject.TopicNameStrategy;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The properties that Confluent documents for its Avro serdes, of the types that it documents, and the questions that they
 * ask a registry. A stand-in: Confluent's own classes are not on Maven Central.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/sr-client-configs.html">Schema Registry client
 *     configuration</a>
 */
final class StandInConfig extends AbstractConfig {
    private static final String TEXT = "";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ConfigDef KNOWN = new ConfigDef()
            .define("schema.registry.url", ConfigDef.Type.LIST, ConfigDef.Importance.HIGH, TEXT)
            .define("auto.register.schemas", ConfigDef.Type.BOOLEAN, true, ConfigDef.Importance.MEDIUM, TEXT)
            .define("use.latest.version", ConfigDef.Type.BOOLEAN, false, ConfigDef.Importance.LOW, TEXT)
            .define("specific.avro.reader", ConfigDef.Type.BOOLEAN, false, ConfigDef.Importance.LOW, TEXT)
            .define("avro.remove.java.properties", ConfigDef.Type.BOOLEAN, false, ConfigDef.Importance.LOW, TEXT)
            .define(
                    "value.subject.name.strategy",
                    ConfigDef.Type.CLASS,
                    TopicNameStrategy.class,
                    ConfigDef.Importance.MEDIUM,
                    TEXT)
            .define("basic.auth.credentials.source", ConfigDef.Type.STRING, "URL", ConfigDef.Importance.MEDIUM, TEXT)
            .define("basic.auth.user.info", ConfigDef.Type.PASSWORD, TEXT, ConfigDef.Importance.MEDIUM, TEXT)
            .define("bearer.auth.credentials.source", ConfigDef.Type.STRING, TEXT, ConfigDef.Importance.MEDIUM, TEXT)
            .define("bearer.auth.token", ConfigDef.Type.PASSWORD, TEXT, ConfigDef.Importance.MEDIUM, TEXT);

    private final HttpClient client = HttpClient.newHttpClient();

    StandInConfig(Map<String, ?> properties) {
        super(KNOWN, properties, false);
        if (getBoolean("specific.avro.reader")) {
            throw new SerializationException(
                    "specific.avro.reader: expected false, got true; records are generic here");
        }
    }

    /** Returns the subject of a schema. */
    String subject(String topic, Schema schema) {
        return getConfiguredInstance("value.subject.name.strategy", NameStrategy.class)
                .subjectName(topic, false, schema);
    }

    /** Returns the id of a schema: registered, or looked up if nothing may be registered. */
    int id(String subject, Schema schema) {
        String body = MAPPER.createObjectNode().put("schema", schema.toString()).toString();
        String path = "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8);
        return ask(path + (getBoolean("auto.register.schemas") ? "/versions" : ""), body)
                .path("id")
                .asInt();
    }

    /** Returns the schema of an id. */
    Schema schema(int id) {
        return new Schema.Parser()
                .parse(ask("/schemas/ids/" + id, "").path("schema").asText());
    }

    private JsonNode ask(String path, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(getList("schema.registry.url").get(0) + path));
        if (getString("basic.auth.credentials.source").equals("USER_INFO")) {
            byte[] user = getPassword("basic.auth.user.info").value().getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(user));
        }
        if (getString("bearer.auth.credentials.source").equals("STATIC_TOKEN")) {
            request.header(
                    "Authorization",
                    "Bearer " + getPassword("bearer.auth.token").value());
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/vnd.schemaregistry.v1+json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new SerializationException(path + ": expected status 200, got " + answer.statusCode());
            }
            return MAPPER.readTree(answer.body());
        } catch (IOException e) {
            throw new SerializationException(path + ": expected an answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SerializationException(path + ": expected an answer", e);
        }
    }
}
