package dev.glosstream.emit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Output records → Avro bodies without any framing. One thread. */
public final class OutputBodies {
    private final Map<Class<?>, DatumWriter<SpecificRecord>> writers = new HashMap<>();
    private @Nullable BinaryEncoder reused;

    /** Creates a writer of any generated record. */
    public OutputBodies() {}

    /**
     * Returns the body of a record behind some bytes.
     *
     * @param frame what precedes the body; not changed
     * @return bytes that the caller owns
     */
    public byte[] body(byte[] frame, SpecificRecord record) {
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
}
