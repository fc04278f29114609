package dev.glosstream.ingest;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads one of the generated records from single-object encoding, in every version that it ever had. Any thread may share
 * one.
 *
 * <p>Avro's own decoder of messages reads from a stream, whose end it does not know: a length of two gigabytes in twenty bytes
 * makes it allocate them, and what that ends with is no exception. This one decodes from the array itself, so that a length
 * beyond its end is refused before anything is allocated, and refuses bytes left over.
 *
 * @param <T> the generated class
 */
public final class GeneratedDecoder<T extends SpecificRecord> {
    private final String name;
    private final Map<Long, OrderedReader<T>> readerByFingerprint = new HashMap<>();

    /** Creates a decoder; users call {@link GeneratedRecords#decoder}. */
    GeneratedDecoder(Class<T> type) {
        this.name = type.getSimpleName();
        GeneratedRecords model = new GeneratedRecords();
        SingleObject.byFingerprint(SchemaHistory.of(name))
                .forEach((fingerprint, writer) -> readerByFingerprint.put(
                        fingerprint, new OrderedReader<>(writer, model.getSchema(type), model)));
    }

    /**
     * Returns the record of a value.
     *
     * @throws IOException if it holds anything else, with what was expected and what was found
     */
    public T decode(byte[] value) throws IOException {
        OptionalLong fingerprint = SingleObject.fingerprint(value);
        if (fingerprint.isEmpty()) {
            throw new IOException("expected " + SingleObject.WORDS + ", got " + value.length + " other bytes");
        }
        OrderedReader<T> reader = readerByFingerprint.get(fingerprint.getAsLong());
        if (reader == null) {
            throw new IOException("expected a known version of " + name + ", got a schema of fingerprint "
                    + SingleObject.hex(fingerprint.getAsLong()) + "; upgrade this instance if a newer one wrote it");
        }
        BinaryDecoder in = DecoderFactory.get()
                .binaryDecoder(value, SingleObject.HEADER_BYTES, value.length - SingleObject.HEADER_BYTES, null);
        T record = body(reader, in);
        if (!in.isEnd()) {
            throw new IOException("expected one " + name + ", got bytes left over after it");
        }
        return record;
    }

    private T body(OrderedReader<T> reader, BinaryDecoder in) throws IOException {
        try {
            return reader.read(null, in);
        } catch (IOException | RuntimeException e) {
            // Avro answers broken bytes with exceptions of many kinds, index errors included; none is about us.
            throw new IOException(
                    "expected the body of one " + name + ", got bytes that do not decode ("
                            + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    /** Keeps the entries of maps in the order in which they were written, which is that of a model's labels. */
    private static final class OrderedReader<T> extends SpecificDatumReader<T> {
        OrderedReader(Schema writer, Schema reader, GeneratedRecords model) {
            super(writer, reader, model);
        }

        @Override
        protected Object newMap(Object old, int size) {
            // No capacity: the size is what the bytes claim.
            return new LinkedHashMap<>();
        }
    }
}
