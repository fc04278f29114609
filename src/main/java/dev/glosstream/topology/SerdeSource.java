package dev.glosstream.topology;

import dev.glosstream.config.OutputMode;
import dev.glosstream.config.OutputSettings;
import dev.glosstream.ingest.BodyReader;
import dev.glosstream.ingest.ConfluentSource;
import dev.glosstream.ingest.Original;
import dev.glosstream.ingest.SourceDecoder;
import dev.glosstream.ingest.SourceEvent;
import dev.glosstream.registry.RegistryException;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.window.KafkaRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Values through the deserializer that the settings name. One thread at a time.
 *
 * <p>Serdes answer bad bytes, unknown schemas and an absent registry with exceptions of any kind. So when one fails, our own
 * decoder is asked about the same record: it says what is wrong with it, or that the registry is gone; and if it finds the
 * record sound, the serde is at fault, and no record may be refused for that.
 */
final class SerdeSource implements SourceDecoder {
    private final SerdeClasses classes;
    private final BodyReader reader;
    private final ConfluentSource own;
    private final boolean appends;

    /**
     * Creates a decoder.
     *
     * @param reader reads what the deserializer made, written again in its own schema
     * @param own our own decoder of the same values
     * @param output what will be made of the records
     */
    SerdeSource(SerdeClasses classes, BodyReader reader, ConfluentSource own, OutputSettings output) {
        this.classes = classes;
        this.reader = reader;
        this.own = own;
        this.appends = output.mode() == OutputMode.APPEND;
    }

    @Override
    public Outcome<SourceEvent> decode(InputRecord record) {
        byte[] value = Objects.requireNonNullElse(record.value(), new byte[0]);
        Object read;
        try {
            read = classes.deserialize(record.source().topic(), KafkaRecords.headers(record), value);
        } catch (RuntimeException | StackOverflowError e) {
            // Avro's own reader takes a stack frame or more for each level of a record that contains itself.
            return diagnosed(record, e);
        }
        if (read instanceof IndexedRecord event) {
            return event(record, event);
        }
        return Outcome.rejected(
                RejectionReason.WRONG_SCHEMA,
                "value: expected an Avro record from registry.serde.deserializer, got "
                        + Optional.ofNullable(read)
                                .map(Object::getClass)
                                .map(Class::getName)
                                .orElse("nothing"));
    }

    /** Labels are appended to the bytes as they came, so how they came is told even if they were read in another way. */
    private Outcome<SourceEvent> event(InputRecord record, IndexedRecord event) {
        return body(event)
                .then(body -> reader.read(
                        new InputRecord(record.key(), body, record.headers(), record.source()), event.getSchema(), 0))
                .then(read ->
                        original(record).then(original -> Outcome.accepted(new SourceEvent(read.fields(), original))));
    }

    private Outcome<Original> original(InputRecord record) {
        return appends ? own.original(record) : Outcome.accepted(new Original.Opaque());
    }

    private static Outcome<byte[]> body(IndexedRecord event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<IndexedRecord>(event.getSchema()).write(event, encoder);
            encoder.flush();
            return Outcome.accepted(bytes.toByteArray());
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return Outcome.rejected(
                    RejectionReason.NOT_AVRO,
                    "value: expected a record of its own schema from registry.serde.deserializer, got "
                            + e.getClass().getSimpleName());
        }
    }

    private Outcome<SourceEvent> diagnosed(InputRecord record, Throwable failure) {
        Outcome<SourceEvent> answer = own.decode(record);
        if (answer instanceof Outcome.Accepted<SourceEvent>) {
            throw new RegistryException(
                    "registry.serde.deserializer: expected to read a sound record of topic '"
                            + record.source().topic() + "', got "
                            + failure.getClass().getSimpleName()
                            + "; check the registry and registry.serde.properties",
                    failure);
        }
        return answer;
    }
}
