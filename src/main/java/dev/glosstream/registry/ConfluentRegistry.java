package dev.glosstream.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glosstream.config.RegistrySettings;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A registry with the Confluent-compatible API. Whatever it was told once it knows for ever: schemas and ids never change, so
 * it goes on without the registry as far as it has got. Any thread; one of them asks, the others wait for the answer.
 */
public final class ConfluentRegistry implements SchemaRegistry {
    /** What the API answers for an id, or a schema under a subject, that is not there. */
    private static final int SCHEMA_NOT_FOUND = 40403;

    private static final int SUBJECT_NOT_FOUND = 40401;
    /** A replica of a registry may learn of an id a moment later, and a restored registry some time later. */
    private static final Duration UNKNOWN_FOR = Duration.ofSeconds(10);
    /** Bounds the memory that records of random ids can take. */
    private static final int MOST_UNKNOWN = 10_000;

    private final RegistrySettings settings;
    private final RegistryConnection connection;
    private final RegisteredSchemas schemas;
    private final InstantSource clock;
    private final Map<Integer, Outcome<Schema>> schemaById = new ConcurrentHashMap<>();
    private final Map<Integer, Unknown> unknown = new ConcurrentHashMap<>();
    private final Map<SubjectSchema, Integer> idBySchema = new ConcurrentHashMap<>();

    private record SubjectSchema(String subject, String schema) {}

    /** An answer that may be another one later. */
    private record Unknown(Instant since, Outcome<Schema> answer) {}

    /**
     * Prepares to ask; does not connect.
     *
     * @param clock says when an unknown id may be asked about again
     * @throws RegistryException if certificates of the settings cannot be read
     */
    public ConfluentRegistry(RegistrySettings settings, InstantSource clock) {
        this(settings, clock, Waits.REAL);
    }

    ConfluentRegistry(RegistrySettings settings, InstantSource clock, Waits waits) {
        this.settings = settings;
        this.clock = clock;
        this.connection = new RegistryConnection(settings, waits);
        this.schemas = new RegisteredSchemas(connection);
    }

    /**
     * Requires that the registry answers now, without trying again.
     *
     * @throws RegistryException if it does not, or not as a registry does
     */
    public void requireReachable() {
        RegistryAnswer answer = connection.getNow(RegisteredSchemas.pathOf(1));
        if (!answer.isOk() && !isNotFound(answer)) {
            throw RegistryFaults.unexpected(answer, "schema 1, or that it is not there");
        }
    }

    @Override
    public Outcome<Schema> schema(int id) {
        Outcome<Schema> known = schemaById.get(id);
        if (known != null) {
            return known;
        }
        synchronized (schemaById) {
            known = schemaById.get(id);
            return known == null ? ask(id) : known;
        }
    }

    private Outcome<Schema> ask(int id) {
        Unknown before = unknown.get(id);
        if (before != null && clock.instant().isBefore(before.since().plus(UNKNOWN_FOR))) {
            return before.answer();
        }
        if (id < 0) {
            return unknown(id);
        }
        RegistryAnswer answer = connection.get(RegisteredSchemas.pathOf(id));
        if (isNotFound(answer)) {
            return rememberForAWhile(id, unknown(id));
        }
        if (!answer.isOk()) {
            throw RegistryFaults.unexpected(answer, "schema " + id + ", or that it is not there");
        }
        Outcome<Schema> schema = schemas.parse(id, answer);
        if (isUnknown(schema)) {
            return rememberForAWhile(id, schema);
        }
        schemaById.put(id, schema);
        unknown.remove(id);
        return schema;
    }

    private Outcome<Schema> rememberForAWhile(int id, Outcome<Schema> answer) {
        if (unknown.size() >= MOST_UNKNOWN) {
            unknown.clear();
        }
        unknown.put(id, new Unknown(clock.instant(), answer));
        return answer;
    }

    private static boolean isUnknown(Outcome<Schema> schema) {
        return schema.<Boolean>fold(found -> false, rejection -> rejection.reason() == RejectionReason.UNKNOWN_SCHEMA);
    }

    private static boolean isNotFound(RegistryAnswer answer) {
        // A 404 without the registry's code comes from another service, or from a wrong path: no answer about the id.
        return answer.status() == 404 && answer.errorCode() == SCHEMA_NOT_FOUND;
    }

    private Outcome<Schema> unknown(int id) {
        return Outcome.rejected(
                RejectionReason.UNKNOWN_SCHEMA,
                "value: expected the id of a schema in the registry " + connection.addresses() + ", got " + id);
    }

    @Override
    public int id(String subject, String schema) {
        SubjectSchema key = new SubjectSchema(subject, schema);
        Integer known = idBySchema.get(key);
        if (known != null) {
            return known;
        }
        synchronized (idBySchema) {
            return idBySchema.computeIfAbsent(key, asked -> ask(subject, schema));
        }
    }

    private int ask(String subject, String schema) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("schema", schema);
        String path = "/subjects/" + RegisteredSchemas.encoded(subject);
        RegistryAnswer answer = connection.post(settings.autoRegister() ? path + "/versions" : path, body);
        JsonNode id = answer.body().path("id");
        if (answer.isOk() && id.isInt()) {
            return id.asInt();
        }
        boolean missing = answer.errorCode() == SCHEMA_NOT_FOUND || answer.errorCode() == SUBJECT_NOT_FOUND;
        if (answer.status() == 404 && missing && !settings.autoRegister()) {
            throw RegistryFaults.notRegistered(answer, subject);
        }
        if (answer.status() == 409 || answer.status() == 422) {
            throw RegistryFaults.refused(answer, subject);
        }
        throw RegistryFaults.unexpected(answer, "the id of a schema of subject '" + subject + "'");
    }
}
