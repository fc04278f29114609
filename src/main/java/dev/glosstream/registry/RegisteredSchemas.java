package dev.glosstream.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/** What a registry keeps under an id → Avro schema, with the schemas that it refers to. Any thread. */
final class RegisteredSchemas {
    private static final int MOST_REFERENCES = 1000;

    private final RegistryConnection connection;

    RegisteredSchemas(RegistryConnection connection) {
        this.connection = connection;
    }

    /** Returns where the schema of an id stands. */
    static String pathOf(int id) {
        return "/schemas/ids/" + id;
    }

    /**
     * Returns the schema of an answer; what is not Avro, or does not parse, is an answer about the record. It is for ever,
     * unless it is {@link RejectionReason#UNKNOWN_SCHEMA}: what a schema refers to may come later.
     *
     * @throws RegistryException if the registry cannot be asked about a schema that this one refers to
     */
    Outcome<Schema> parse(int id, RegistryAnswer answer) {
        String type = answer.body().path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            return wrong("an Avro schema in the registry under id " + id + ", got one of type " + type);
        }
        Map<String, JsonNode> named = new LinkedHashMap<>();
        if (!collect(answer.body(), named, new HashSet<>())) {
            return Outcome.rejected(
                    RejectionReason.UNKNOWN_SCHEMA,
                    "value: expected a schema in the registry under id " + id
                            + " with all that it refers to, got one that refers to what is not there");
        }
        // Schemas that exist are read as they are: names and defaults of others are not ours to judge.
        Schema.Parser parser = new Schema.Parser(NameValidator.NO_VALIDATION).setValidateDefaults(false);
        try {
            named.values().forEach(reference -> parser.parse(text(reference)));
            return Outcome.accepted(parser.parse(text(answer.body())));
        } catch (RuntimeException e) {
            // Avro has exceptions of several kinds for schemas that it does not take, such as a fixed that is too
            // large.
            return wrong("an Avro schema that parses in the registry under id " + id + ", got another");
        }
    }

    private static String text(JsonNode answer) {
        return answer.path("schema").asText();
    }

    private static Outcome<Schema> wrong(String expectedAndGot) {
        return Outcome.rejected(RejectionReason.WRONG_SCHEMA, "value: expected " + expectedAndGot);
    }

    /** Collects what a schema refers to, the innermost first, each once; returns whether all of it is there. */
    private boolean collect(JsonNode schema, Map<String, JsonNode> named, Set<String> seen) {
        for (JsonNode reference : schema.path("references")) {
            String path = pathOf(reference);
            if (seen.add(path) && !collect(path, named, seen)) {
                return false;
            }
        }
        return seen.size() <= MOST_REFERENCES;
    }

    private boolean collect(String path, Map<String, JsonNode> named, Set<String> seen) {
        RegistryAnswer answer = connection.get(path);
        if (answer.status() == 404 && answer.errorCode() != 0) {
            return false;
        }
        if (!answer.isOk()) {
            throw RegistryFaults.unexpected(answer, "a schema that another one refers to");
        }
        boolean complete = collect(answer.body(), named, seen);
        named.put(path, answer.body());
        return complete;
    }

    private static String pathOf(JsonNode reference) {
        // Records outlive the deletion of a version: it is still readable to whoever asks for it so.
        return "/subjects/" + encoded(reference.path("subject").asText()) + "/versions/"
                + reference.path("version").asInt() + "?deleted=true";
    }

    /** Returns a subject as part of a path. */
    static String encoded(String subject) {
        return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
