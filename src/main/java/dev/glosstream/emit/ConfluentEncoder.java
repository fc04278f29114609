package dev.glosstream.emit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glosstream.config.SubjectNaming;
import dev.glosstream.registry.ConfluentFrame;
import dev.glosstream.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The wire format of Confluent's serializers: a zero byte, the schema's id, the body.
 *
 * <p>Asks the registry once for each topic and schema. One thread.
 */
public final class ConfluentEncoder implements OutputEncoder {
    private static final String JAVA_STRING = "avro.java.string";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SchemaRegistry registry;
    private final SubjectNaming subjects;
    private final Map<Written, byte[]> frames = new HashMap<>();
    private final Map<Class<?>, DatumWriter<SpecificRecord>> writers = new HashMap<>();
    private @Nullable BinaryEncoder reused;

    private record Written(String topic, Class<?> type) {}

    /** Creates an encoder. */
    public ConfluentEncoder(SchemaRegistry registry, SubjectNaming subjects) {
        this.registry = registry;
        this.subjects = subjects;
    }

    /**
     * Returns the id of a schema of this program for a topic.
     *
     * @throws dev.glosstream.registry.RegistryException if there is none to be had
     */
    public int id(String topic, Schema schema) {
        return registry.id(subjects.subject(topic, schema.getFullName()), published(schema));
    }

    @Override
    public byte[] encode(String topic, SpecificRecord record) {
        byte[] frame = frames.computeIfAbsent(
                new Written(topic, record.getClass()), written -> ConfluentFrame.of(id(topic, record.getSchema())));
        DatumWriter<SpecificRecord> writer = writers.computeIfAbsent(
                record.getClass(),
                type -> new SpecificDatumWriter<>(record.getSchema(), SpecificData.getForClass(type)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(frame);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, reused);
        reused = encoder;
        try {
            writer.write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "record of schema '" + record.getSchema().getFullName() + "': expected to encode in memory", e);
        }
        return bytes.toByteArray();
    }

    /** Returns a schema as others shall see it: without what only our generated classes need. */
    static String published(Schema schema) {
        try {
            JsonNode root = MAPPER.readTree(schema.toString());
            root.findParents(JAVA_STRING).forEach(node -> ((ObjectNode) node).remove(JAVA_STRING));
            return new Schema.Parser().parse(root.toString()).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "schema '" + schema.getFullName() + "': expected to be JSON, got another", e);
        }
    }
}
