package dev.glosstream.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Schemas from files, {@code .avsc}, each complete in itself. */
final class SchemaFiles {
    private SchemaFiles() {}

    /**
     * Returns the schemas of files, in their order.
     *
     * @param mistakes is told of every file that holds none
     */
    static List<Schema> read(List<Path> files, List<String> mistakes) {
        List<Schema> schemas = new ArrayList<>();
        for (Path file : files) {
            try {
                schemas.add(new Schema.Parser().parse(Files.readString(file)));
            } catch (IOException e) {
                mistakes.add("schema '" + file + "': expected a readable file, "
                        + (Files.exists(file) ? "got " + e : "found none"));
            } catch (AvroRuntimeException e) {
                mistakes.add("schema '" + file + "': expected one complete Avro schema, got "
                        + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "));
            }
        }
        return schemas;
    }
}
