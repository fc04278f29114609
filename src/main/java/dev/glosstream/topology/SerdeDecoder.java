package dev.glosstream.topology;

import dev.glosstream.avro.TextEvent;
import dev.glosstream.ingest.ConfluentDecoder;
import dev.glosstream.ingest.TextEventDecoder;
import dev.glosstream.registry.RegistryException;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * Text events through the deserializer that the settings name. One thread at a time.
 *
 * <p>Serdes answer bad bytes, unknown schemas and an absent registry with exceptions of any kind. So when one fails, our own
 * decoder is asked about the same record: it says what is wrong with it, or that the registry is gone; and if it finds the
 * record sound, the serde is at fault, and no record may be refused for that.
 */
final class SerdeDecoder implements TextEventDecoder {
    private final SerdeClasses classes;
    private final ConfluentDecoder own;

    SerdeDecoder(SerdeClasses classes, ConfluentDecoder own) {
        this.classes = classes;
        this.own = own;
    }

    @Override
    public Outcome<TextEvent> decode(InputRecord record) {
        Object read;
        try {
            read = classes.deserialize(record.source().topic(), KafkaRecords.headers(record), value(record));
        } catch (RuntimeException e) {
            return diagnosed(record, e);
        }
        if (read instanceof IndexedRecord event) {
            return own.decode(event);
        }
        return Outcome.rejected(
                RejectionReason.WRONG_SCHEMA,
                "value: expected an Avro record from registry.serde.deserializer, got "
                        + Optional.ofNullable(read)
                                .map(Object::getClass)
                                .map(Class::getName)
                                .orElse("nothing"));
    }

    private static byte[] value(InputRecord record) {
        byte @Nullable [] value = record.value();
        if (value == null) {
            throw new IllegalArgumentException("record: expected a value, got null");
        }
        return value;
    }

    private Outcome<TextEvent> diagnosed(InputRecord record, RuntimeException failure) {
        Outcome<TextEvent> answer = own.decode(record);
        if (answer instanceof Outcome.Accepted<TextEvent>) {
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
