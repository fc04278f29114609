package dev.glosstream.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;

/** What the canonical form of a schema, and so its fingerprint, leaves out although readers go by it. */
final class LogicalTypes {
    private final List<String> found = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private LogicalTypes() {}

    /** Returns the logical type of every type in a schema, in their order, an empty text for none. */
    static List<String> of(Schema schema) {
        LogicalTypes types = new LogicalTypes();
        types.collect(schema);
        return List.copyOf(types.found);
    }

    private void collect(Schema schema) {
        String logicalType = schema.getProp("logicalType");
        found.add(logicalType == null ? "" : logicalType);
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> collect(field.schema()));
                }
            }
            case ARRAY -> collect(schema.getElementType());
            case MAP -> collect(schema.getValueType());
            case UNION -> schema.getTypes().forEach(this::collect);
            default -> {
                // It has no types inside.
            }
        }
    }
}
