package dev.glosstream.emit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro records as plain JSON: the same names, times in milliseconds since 1970-01-01T00:00:00Z, no members for what is null.
 */
final class LabelsJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private LabelsJson() {}

    /** Returns a member, {@code "name":{…}}, in UTF-8. */
    static byte[] member(String name, SpecificRecord record) {
        byte[] object = object(record);
        byte[] key = ('"' + name + "\":").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] member = new byte[key.length + object.length];
        System.arraycopy(key, 0, member, 0, key.length);
        System.arraycopy(object, 0, member, key.length, object.length);
        return member;
    }

    private static byte[] object(SpecificRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            write(record, out);
        } catch (IOException e) {
            throw new UncheckedIOException("labels: expected to be written in memory", e);
        }
        return bytes.toByteArray();
    }

    private static void write(@Nullable Object value, JsonGenerator out) throws IOException {
        if (value instanceof SpecificRecord record) {
            out.writeStartObject();
            for (Schema.Field field : record.getSchema().getFields()) {
                Object inside = record.get(field.pos());
                if (inside != null) {
                    out.writeFieldName(field.name());
                    write(inside, out);
                }
            }
            out.writeEndObject();
        } else if (value instanceof List<?> list) {
            out.writeStartArray();
            for (Object each : list) {
                write(each, out);
            }
            out.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName(String.valueOf(entry.getKey()));
                write(entry.getValue(), out);
            }
            out.writeEndObject();
        } else if (value instanceof Instant time) {
            out.writeNumber(time.toEpochMilli());
        } else {
            out.writeObject(value);
        }
    }
}
