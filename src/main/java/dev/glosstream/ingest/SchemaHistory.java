package dev.glosstream.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Every version of a schema that was ever written to a topic, from {@code schemas/history/} on the class path. */
public final class SchemaHistory {
    private SchemaHistory() {}

    /**
     * Returns all versions of a schema, oldest first; the last one is the current schema.
     *
     * @param name name of the record without its namespace, for example {@code TextEvent}
     * @throws IllegalArgumentException if there is no first version
     */
    public static List<Schema> of(String name) {
        List<Schema> versions = new ArrayList<>();
        while (true) {
            String resource = "/schemas/history/" + name + ".v" + (versions.size() + 1) + ".avsc";
            try (InputStream in = SchemaHistory.class.getResourceAsStream(resource)) {
                if (in == null) {
                    break;
                }
                versions.add(new Schema.Parser().parse(in));
            } catch (IOException e) {
                throw new UncheckedIOException("schema '" + resource + "': expected a readable resource", e);
            }
        }
        if (versions.isEmpty()) {
            throw new IllegalArgumentException("schema '" + name + "': expected schemas/history/" + name
                    + ".v1.avsc on the class path, found none; build with Maven");
        }
        return List.copyOf(versions);
    }
}
