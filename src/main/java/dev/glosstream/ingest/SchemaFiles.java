package dev.glosstream.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

/** Schemas from files, {@code .avsc}, each complete in itself. */
final class SchemaFiles {
    private SchemaFiles() {}

    /** A schema that was read: its file, and what its fingerprint does not know of it but the reader needs. */
    private record Known(Path file, List<String> logicalTypes) {}

    /**
     * Returns the schemas of files, in their order.
     *
     * @param mistakes is told of every file that holds none, or one that records cannot tell from that of an earlier file
     */
    static List<Schema> read(List<Path> files, List<String> mistakes) {
        List<Schema> schemas = new ArrayList<>();
        Map<Long, Known> byFingerprint = new HashMap<>();
        for (Path file : files) {
            try {
                Schema schema = new Schema.Parser().parse(Files.readString(file));
                Known now = new Known(file, LogicalTypes.of(schema));
                Known first = byFingerprint.putIfAbsent(SchemaNormalization.parsingFingerprint64(schema), now);
                if (first == null || first.logicalTypes().equals(now.logicalTypes())) {
                    schemas.add(schema);
                } else {
                    mistakes.add(alike(now, first));
                }
            } catch (IOException e) {
                mistakes.add("schema '" + file + "': expected a readable file, "
                        + (Files.exists(file) ? "got " + e : "found none"));
            } catch (RuntimeException e) {
                // Avro has exceptions of many kinds for files that hold no schema; so has what reads JSON for it.
                mistakes.add("schema '" + file + "': expected one complete Avro schema, got "
                        + e.getClass().getSimpleName() + ": "
                        + String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " "));
            }
        }
        return schemas;
    }

    private static String alike(Known now, Known first) {
        return "schema '" + now.file() + "': expected another schema than that of '" + first.file() + "', got one that"
                + " differs in nothing but a logicalType: both have the same fingerprint, so no record tells which of"
                + " them it is written with; leave one out";
    }
}
