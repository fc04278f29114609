package dev.glosstream.emit;

import dev.glosstream.config.SubjectNaming;
import dev.glosstream.registry.ConfluentFrame;
import dev.glosstream.registry.SchemaRegistry;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/**
 * The wire format of schema registries: a zero byte, the schema's id, an Avro body.
 *
 * <p>Asks the registry once for each topic and schema. One thread.
 */
public final class ConfluentEncoder implements OutputEncoder {
    private final SchemaRegistry registry;
    private final SubjectNaming subjects;
    private final OutputBodies bodies = new OutputBodies();
    private final Map<Written, byte[]> frameByClass = new HashMap<>();

    private final Map<Derived, byte[]> frameBySchema = new HashMap<>();

    private record Derived(String topic, Schema schema) {}

    private record Written(String topic, Class<?> type) {}

    /** Creates an encoder. */
    public ConfluentEncoder(SchemaRegistry registry, SubjectNaming subjects) {
        this.registry = registry;
        this.subjects = subjects;
    }

    /**
     * Returns the id of a schema of this program for a topic.
     *
     * @param generated schema of a generated class
     * @throws dev.glosstream.registry.RegistryException if there is none to be had
     */
    public int id(String topic, Schema generated) {
        return id(AppendedSchema.published(generated), topic);
    }

    private int id(Schema schema, String topic) {
        return registry.id(subjects.subject(topic, schema.getFullName()), schema.toString());
    }

    @Override
    public byte[] encode(String topic, SpecificRecord record) {
        byte[] frame = frameByClass.computeIfAbsent(
                new Written(topic, record.getClass()), written -> ConfluentFrame.of(id(topic, record.getSchema())));
        return bodies.body(frame, record);
    }

    @Override
    public byte[] frame(String topic, Schema schema, byte[] body) {
        byte[] frame =
                frameBySchema.computeIfAbsent(new Derived(topic, schema), key -> ConfluentFrame.of(id(schema, topic)));
        return ByteBuffer.allocate(frame.length + body.length)
                .put(frame)
                .put(body)
                .array();
    }
}
