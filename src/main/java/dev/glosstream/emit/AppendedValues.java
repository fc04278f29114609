package dev.glosstream.emit;

import dev.glosstream.sequence.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Values with the labels as one more field: every byte of the original stays as it is, none is written again. One thread at a
 * time.
 */
public final class AppendedValues {
    /** Branch 1 of {@code ["null", labels]}, zig-zag. */
    private static final int NOT_NULL = 2;

    private final OutputEncoder encoder;
    private final String field;
    private final Map<Schema, Outcome<Schema>> ofOneText = new HashMap<>();
    private final Map<Schema, Outcome<Schema>> ofSeveralTexts = new HashMap<>();

    /**
     * Creates a maker of values.
     *
     * @param encoder puts the wire format around Avro bodies
     * @param field name of the appended field, legal in Avro
     */
    public AppendedValues(OutputEncoder encoder, String field) {
        this.encoder = encoder;
        this.field = field;
    }

    /**
     * Returns a JSON object with the labels as its last member.
     *
     * @param document one JSON object without that member, in UTF-8, nothing after it but white space
     * @param labels what {@link OutputRecords#appendedLabels} made
     */
    public byte[] json(byte[] document, SpecificRecord labels) {
        int end = lastIndexOf(document, '}', document.length);
        int before = end - 1;
        while (isWhiteSpace(document[before])) {
            before--;
        }
        byte[] member = LabelsJson.member(field, labels);
        ByteArrayOutputStream out = new ByteArrayOutputStream(document.length + member.length + 1);
        out.write(document, 0, end);
        if (document[before] != '{') {
            out.write(',');
        }
        out.writeBytes(member);
        out.write(document, end, document.length - end);
        return out.toByteArray();
    }

    private static int lastIndexOf(byte[] bytes, char wanted, int end) {
        for (int index = end - 1; index > 0; index--) {
            if (bytes[index] == wanted) {
                return index;
            }
        }
        throw new IllegalArgumentException("document: expected a JSON object, got something else");
    }

    private static boolean isWhiteSpace(byte character) {
        return character == ' ' || character == '\n' || character == '\r' || character == '\t';
    }

    /**
     * Returns an Avro record with the labels as its last field, in the encoder's wire format.
     *
     * @param topic where it will go
     * @param writer the schema that the record was written with
     * @param value the record as it came
     * @param bodyStart index in the value where the body begins; it ends with the value
     * @param labels what {@link OutputRecords#appendedLabels} made
     * @return the bytes, or why the schema takes no labels: {@code not-appendable}
     */
    public Outcome<byte[]> avro(String topic, Schema writer, byte[] value, int bodyStart, SpecificRecord labels) {
        boolean several = labels instanceof dev.glosstream.avro.AppendedTexts;
        return (several ? ofSeveralTexts : ofOneText)
                .computeIfAbsent(writer, schema -> AppendedSchema.derive(schema, field, several))
                .then(derived -> Outcome.accepted(encoder.frame(
                        topic, derived, body(Arrays.copyOfRange(value, bodyStart, value.length), labels))));
    }

    private static byte[] body(byte[] original, SpecificRecord labels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(original.length + 512);
        out.writeBytes(original);
        out.write(NOT_NULL);
        BinaryEncoder binary = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            new SpecificDatumWriter<SpecificRecord>(labels.getSchema(), SpecificData.getForClass(labels.getClass()))
                    .write(labels, binary);
        } catch (IOException e) {
            throw new UncheckedIOException("labels: expected to encode in memory", e);
        }
        return out.toByteArray();
    }
}
