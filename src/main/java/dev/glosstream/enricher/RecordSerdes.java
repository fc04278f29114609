package dev.glosstream.enricher;

import dev.glosstream.sequence.InputRecord;
import dev.glosstream.window.KafkaRecords;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values ↔ bytes, by the serdes of the user or those of the application.
 *
 * @param <K> key
 * @param <V> value
 */
public final class RecordSerdes<K, V> {
    private final Optional<Serde<K>> keySerde;
    private final Optional<Serde<V>> valueSerde;

    private RecordSerdes(Optional<Serde<K>> keySerde, Optional<Serde<V>> valueSerde) {
        this.keySerde = keySerde;
        this.valueSerde = valueSerde;
    }

    /** Returns these serdes. They must be for any thread, as the serdes of a Kafka Streams topology are. */
    public static <K, V> RecordSerdes<K, V> of(Serde<K> keySerde, Serde<V> valueSerde) {
        return new RecordSerdes<>(Optional.of(keySerde), Optional.of(valueSerde));
    }

    /** Returns {@code default.key.serde} and {@code default.value.serde} of the application. */
    public static <K, V> RecordSerdes<K, V> ofApplication() {
        return new RecordSerdes<>(Optional.empty(), Optional.empty());
    }

    /**
     * Returns the codec of a task.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a serde is needed that the application does not set
     */
    Codec<K, V> codec(ProcessingContext context) {
        return new Codec<>(
                keySerde.orElseGet(() -> ofContext(context.keySerde())),
                valueSerde.orElseGet(() -> ofContext(context.valueSerde())));
    }

    // The application's serdes are named in its properties, where no compiler sees their types; Kafka Streams casts
    // too.
    @SuppressWarnings("unchecked")
    private static <T> Serde<T> ofContext(Serde<?> serde) {
        return (Serde<T>) serde;
    }

    /**
     * Records ↔ what is kept of them. One thread at a time.
     *
     * @param keys of the keys
     * @param values of the values
     */
    record Codec<K, V>(Serde<K> keys, Serde<V> values) {
        /**
         * Returns a record in bytes.
         *
         * @param topic for the serializers, which may keep schemas by topic
         */
        InputRecord encode(String topic, Record<K, V> record, InputRecord.Source source) {
            // Serializers may note in the headers how to read what they write, and nobody else is to see that.
            Headers headers = KafkaRecords.copy(record.headers());
            byte @Nullable [] key = bytes(keys, topic, headers, record.key());
            byte @Nullable [] value = bytes(values, topic, headers, record.value());
            return new InputRecord(key, value, KafkaRecords.headers(headers), source);
        }

        /** Returns the record that was kept. */
        Record<K, V> decode(String topic, InputRecord kept) {
            Headers headers = KafkaRecords.headers(kept);
            return new Record<>(
                    value(keys, topic, headers, kept.key()),
                    value(values, topic, headers, kept.value()),
                    kept.source().timestampMs(),
                    headers);
        }

        private static <T> byte @Nullable [] bytes(Serde<T> serde, String topic, Headers headers, @Nullable T value) {
            return value == null ? null : serde.serializer().serialize(topic, headers, value);
        }

        private static <T> @Nullable T value(Serde<T> serde, String topic, Headers headers, byte @Nullable [] bytes) {
            return bytes == null ? null : serde.deserializer().deserialize(topic, headers, bytes);
        }
    }
}
