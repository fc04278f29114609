package dev.glosstream.emit;

import dev.glosstream.avro.AppendedLabels;
import dev.glosstream.avro.AppendedTexts;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.JsonProperties;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Derives the schema of a record with its labels from the schema of the record: the same name, the same fields, and the
 * labels as one more field at the end, nullable with the default null.
 *
 * <p>Because the field is the last one, the encoded body of a derived record begins with the encoded body of the original,
 * byte for byte. Because it has a default and the name stays, records of either schema can be read as the other.
 */
public final class AppendedSchema {
    private static final String DOC = "Labels of the text, made by Glosstream.";
    private static final Schema LABELS = published(AppendedLabels.getClassSchema());
    private static final Schema TEXTS = published(AppendedTexts.getClassSchema());

    private AppendedSchema() {}

    /** Returns a schema without what only the generated classes need. */
    public static Schema published(Schema generated) {
        return new Schema.Parser().parse(generated.toString().replace(",\"avro.java.string\":\"String\"", ""));
    }

    /**
     * Derives a schema.
     *
     * @param writer the schema of the records as they come
     * @param field name of the appended field, legal in Avro
     * @param severalTexts whether the field holds the labels of several texts, {@code AppendedTexts}, or of one, {@code
     *     AppendedLabels}
     * @return the derived schema, or why there is none: {@code not-appendable}
     */
    public static Outcome<Schema> derive(Schema writer, String field, boolean severalTexts) {
        Schema labels = severalTexts ? TEXTS : LABELS;
        Optional<String> obstacle = obstacle(writer, field, labels);
        if (obstacle.isPresent()) {
            return notAppendable(writer, obstacle.get());
        }
        try {
            Schema derived = copy(writer, field, labels);
            return derived.equals(readBack(derived))
                    ? Outcome.accepted(derived)
                    : notAppendable(
                            writer,
                            "names that mean the same when the schema is written and read again, got some that stand for"
                                    + " another type then; give types of one name the namespace that they belong to");
        } catch (AvroRuntimeException e) {
            return notAppendable(
                    writer, "a schema that Avro takes apart and puts together again, got: " + e.getMessage());
        }
    }

    /** As a registry, and everybody who reads the records, will see it. */
    private static Schema readBack(Schema derived) {
        return new Schema.Parser(NameValidator.NO_VALIDATION)
                .setValidateDefaults(false)
                .parse(derived.toString());
    }

    private static Outcome<Schema> notAppendable(Schema writer, String expectedAndGot) {
        return Outcome.rejected(
                RejectionReason.NOT_APPENDABLE,
                "schema '" + writer.getFullName() + "': expected " + expectedAndGot + "; use output.mode: wrap"
                        + ", or another output.field");
    }

    private static Optional<String> obstacle(Schema writer, String field, Schema labels) {
        if (writer.getType() != Schema.Type.RECORD) {
            return Optional.of(
                    "a record that takes a field, got " + writer.getType().getName());
        }
        for (Schema.Field existing : writer.getFields()) {
            if (existing.name().equals(field) || existing.aliases().contains(field)) {
                return Optional.of("no field or alias '" + field
                        + "', because the labels are to be appended under this name" + " (output.field), got one");
            }
        }
        Map<String, Schema> theirs = new LinkedHashMap<>();
        writer.getFields().forEach(existing -> collect(existing.schema(), theirs));
        if (theirs.containsKey(writer.getFullName())) {
            return Optional.of("a record that does not contain itself, because the inner ones would get the field too,"
                    + " got one that does");
        }
        Map<String, Schema> ours = new LinkedHashMap<>();
        collect(labels, ours);
        return ours.keySet().stream()
                .filter(name -> name.equals(writer.getFullName())
                        || (theirs.containsKey(name) && !theirs.get(name).equals(ours.get(name))))
                .findFirst()
                .map(name -> "no type '" + name + "' beside that of the labels, got another one of this name");
    }

    private static void collect(Schema schema, Map<String, Schema> named) {
        switch (schema.getType()) {
            case RECORD -> {
                if (named.put(schema.getFullName(), schema) == null) {
                    schema.getFields().forEach(field -> collect(field.schema(), named));
                }
            }
            case ENUM, FIXED -> named.put(schema.getFullName(), schema);
            case ARRAY -> collect(schema.getElementType(), named);
            case MAP -> collect(schema.getValueType(), named);
            case UNION -> schema.getTypes().forEach(branch -> collect(branch, named));
            default -> {
                // A primitive type has no name of its own.
            }
        }
    }

    private static Schema copy(Schema writer, String field, Schema labels) {
        List<Schema.Field> fields = new ArrayList<>();
        writer.getFields().forEach(existing -> fields.add(new Schema.Field(existing, existing.schema())));
        Schema nullable = Schema.createUnion(Schema.create(Schema.Type.NULL), labels);
        fields.add(new Schema.Field(field, nullable, DOC, JsonProperties.NULL_VALUE));
        Schema derived =
                Schema.createRecord(writer.getName(), writer.getDoc(), writer.getNamespace(), writer.isError(), fields);
        aliases(writer).forEach(derived::addAlias);
        writer.getObjectProps().forEach(derived::addProp);
        return derived;
    }

    private static Collection<String> aliases(Schema writer) {
        return writer.getAliases();
    }
}
