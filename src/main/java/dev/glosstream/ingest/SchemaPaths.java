package dev.glosstream.ingest;

import dev.glosstream.config.FieldPath;
import dev.glosstream.config.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;

/** Whether a path leads anywhere in records of some schemas: a slip of the pen is told at the start, not by dead letters. */
final class SchemaPaths {
    private SchemaPaths() {}

    /** Returns what is wrong with a path that leads nowhere in any of the schemas; empty if it leads somewhere in one. */
    static Optional<String> mistake(FieldPath path, List<Schema> schemas) {
        Set<String> known = new LinkedHashSet<>();
        int furthest = 0;
        for (Schema schema : schemas) {
            List<Schema> places = List.of(schema);
            int depth = 0;
            while (depth < path.steps().size()) {
                List<Schema> next = follow(places, path.steps().get(depth));
                if (next.isEmpty()) {
                    break;
                }
                places = next;
                depth++;
            }
            if (depth == path.steps().size()) {
                return Optional.empty();
            }
            if (depth > furthest) {
                known.clear();
            }
            if (depth >= furthest) {
                furthest = depth;
                known.addAll(names(places));
            }
        }
        FieldPath.Step step = path.steps().get(furthest);
        List<String> near = Nearest.allTo(step.name(), known, 1);
        return Optional.of("expected a path that one of the source's schemas has, got '" + path + "'; at '"
                + path.prefix(furthest) + "' there "
                + (known.isEmpty() ? "are no fields" : "are " + String.join(", ", known))
                + (near.isEmpty() ? "" : "; did you mean '" + near.get(0) + "'?"));
    }

    private static List<Schema> follow(List<Schema> places, FieldPath.Step step) {
        List<Schema> next = new ArrayList<>();
        for (Schema place : branches(places)) {
            if (step.isEach()) {
                if (place.getType() == Schema.Type.ARRAY) {
                    next.add(place.getElementType());
                }
            } else if (place.getType() == Schema.Type.MAP) {
                next.add(place.getValueType());
            } else if (place.getType() == Schema.Type.RECORD && place.getField(step.name()) != null) {
                next.add(place.getField(step.name()).schema());
            }
        }
        return next;
    }

    private static Set<String> names(List<Schema> places) {
        Set<String> names = new LinkedHashSet<>();
        for (Schema place : branches(places)) {
            if (place.getType() == Schema.Type.RECORD) {
                place.getFields().forEach(field -> names.add(field.name()));
            } else if (place.getType() == Schema.Type.ARRAY) {
                names.add("[]");
            }
        }
        return names;
    }

    private static List<Schema> branches(List<Schema> places) {
        return places.stream()
                .flatMap(place -> place.isUnion() ? place.getTypes().stream() : List.of(place).stream())
                .toList();
    }
}
