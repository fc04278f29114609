package dev.glosstream;

import dev.glosstream.enricher.DeadLetterSupplier;
import dev.glosstream.enricher.Enriched;
import dev.glosstream.enricher.EnrichedSerde;
import dev.glosstream.enricher.Enricher;
import dev.glosstream.enricher.EnricherSettings;
import dev.glosstream.enricher.RecordSerdes;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/**
 * Glosstream in a Kafka Streams topology of your own: a step that labels the text of each record.
 *
 * <pre>{@code
 * EnricherSettings settings = EnricherSettings.of("reviews", Path.of("models/sentiment-en"));
 *
 * KStream<String, Enriched<Review>> labelled = events.process(Glosstream.enricher(settings, review -> review.body()));
 * }</pre>
 *
 * <p>All methods are for any thread; what they return is made to be handed to Kafka Streams.
 */
public final class Glosstream {
    private Glosstream() {}

    /**
     * Returns the step that labels, for {@code KStream.process}, with the default serdes of the application.
     *
     * <p>Each record leaves exactly once and in the order of its partition, with its key, headers and timestamp, as an
     * {@link Enriched} value: labels, or the reason why there are none. Records wait a short while for others (see {@link
     * EnricherSettings#batching}); while they wait they are in a state store with a changelog, so a crash loses none.
     *
     * @param settings name, models, batching, limits
     * @param text returns the text of a value; it is not called for a null value. If it returns null or throws, the record
     *     is rejected. It must give the same text whenever it is asked; called on stream threads
     * @param <K> key
     * @param <V> value
     */
    public static <K, V> Enricher<K, V> enricher(
            EnricherSettings settings, Function<? super V, ? extends @Nullable String> text) {
        return new Enricher<>(settings, RecordSerdes.ofApplication(), text);
    }

    /**
     * Returns the step that labels, with serdes for the records that wait.
     *
     * @param keySerde reads and writes the keys
     * @param valueSerde reads and writes the values; what it writes must give the same text when read again
     * @see #enricher(EnricherSettings, Function)
     */
    public static <K, V> Enricher<K, V> enricher(
            EnricherSettings settings,
            Serde<K> keySerde,
            Serde<V> valueSerde,
            Function<? super V, ? extends @Nullable String> text) {
        return new Enricher<>(settings, RecordSerdes.of(keySerde, valueSerde), text);
    }

    /**
     * Returns the step that makes dead letters of rejected values and drops the others, for {@code KStream.process}, with the
     * default serdes of the application.
     *
     * <p>A dead letter is the record {@code DeadLetter} of {@code schemas/} in Avro single-object encoding, as the pipeline
     * of Glosstream writes it: reason, detail, original bytes and headers, topic, partition and offset. The header {@code
     * glosstream.reason} repeats the reason. Each has the key of its record, unless that alone is larger than the producers
     * of the application may send.
     */
    public static <K, V> DeadLetterSupplier<K, V> deadLetters() {
        return new DeadLetterSupplier<>(RecordSerdes.ofApplication());
    }

    /**
     * Returns the step that makes dead letters, with serdes for the original bytes.
     *
     * @see #deadLetters()
     */
    public static <K, V> DeadLetterSupplier<K, V> deadLetters(Serde<K> keySerde, Serde<V> valueSerde) {
        return new DeadLetterSupplier<>(RecordSerdes.of(keySerde, valueSerde));
    }

    /**
     * Returns a serde of labelled values, for those who send them on whole: through a repartition topic, into a store. Avro
     * inside, readable by this and later versions of Glosstream.
     *
     * @param valueSerde reads and writes the original values
     */
    public static <V> Serde<Enriched<V>> enrichedSerde(Serde<V> valueSerde) {
        return new EnrichedSerde<>(valueSerde);
    }
}
