package dev.glosstream.enricher;

import dev.glosstream.avro.EnrichedValue;
import dev.glosstream.emit.EnrichedValues;
import dev.glosstream.emit.SingleObjectEncoder;
import dev.glosstream.ingest.GeneratedDecoder;
import dev.glosstream.ingest.GeneratedRecords;
import dev.glosstream.sequence.EventText;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.LabelledText;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * {@link Enriched} ↔ bytes: the Avro record {@code EnrichedValue} around the bytes of the value.
 *
 * @param <V> the original value
 */
public final class EnrichedSerde<V> implements Serde<Enriched<V>> {
    /** What every reason looks like; anything else is not repeated, because it may be a piece of a text. */
    private static final Pattern CODE = Pattern.compile("[a-z]+(-[a-z]+){1,4}");

    private final Serde<V> values;
    private final GeneratedDecoder<EnrichedValue> decoder = GeneratedRecords.decoder(EnrichedValue.class);

    /** Creates a serde around that of the value; for the threads that that one is for. */
    public EnrichedSerde(Serde<V> values) {
        this.values = values;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        values.configure(configs, isKey);
    }

    @Override
    public void close() {
        values.close();
    }

    @Override
    public Serializer<Enriched<V>> serializer() {
        // Its own encoder for each: an encoder is for one thread, as a serializer is.
        SingleObjectEncoder encoder = new SingleObjectEncoder();
        Serializer<V> inner = values.serializer();
        return new Serializer<>() {
            @Override
            public void configure(Map<String, ?> configs, boolean isKey) {
                inner.configure(configs, isKey);
            }

            @Override
            public byte @Nullable [] serialize(String topic, @Nullable Enriched<V> enriched) {
                return serialize(topic, new RecordHeaders(), enriched);
            }

            @Override
            public byte @Nullable [] serialize(String topic, Headers headers, @Nullable Enriched<V> enriched) {
                return enriched == null
                        ? null
                        : encoder.encode(topic, record(bytes(inner, topic, headers, enriched.value()), enriched));
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    @Override
    public Deserializer<Enriched<V>> deserializer() {
        Deserializer<V> inner = values.deserializer();
        return new Deserializer<>() {
            @Override
            public void configure(Map<String, ?> configs, boolean isKey) {
                inner.configure(configs, isKey);
            }

            @Override
            public @Nullable Enriched<V> deserialize(String topic, byte @Nullable [] bytes) {
                return deserialize(topic, new RecordHeaders(), bytes);
            }

            @Override
            public @Nullable Enriched<V> deserialize(String topic, Headers headers, byte @Nullable [] bytes) {
                if (bytes == null) {
                    return null;
                }
                EnrichedValue record = decode(bytes);
                Outcome<Labels> result = result(record);
                return enriched(value(inner, topic, headers, record.getValue()), result, record);
            }

            @Override
            public void close() {
                inner.close();
            }
        };
    }

    private static EnrichedValue record(@Nullable ByteBuffer value, Enriched<?> enriched) {
        InputRecord.Source source = enriched.source();
        EnrichedValue.Builder record = EnrichedValue.newBuilder()
                .setValue(value)
                .setText(enriched.text().orElse(null))
                .setTokenCount(0)
                .setTruncated(false)
                .setTopic(source.topic())
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setTimestamp(Instant.ofEpochMilli(source.timestampMs()));
        enriched.labels()
                .ifPresent(labels -> EnrichedValues.write(
                        new LabelledText(new EventText("", enriched.text().orElse(""), false), labels), record));
        enriched.rejection()
                .ifPresent(
                        rejection -> record.setReason(rejection.reason().code()).setDetail(rejection.detail()));
        return record.build();
    }

    private static <V> @Nullable ByteBuffer bytes(
            Serializer<V> values, String topic, Headers headers, @Nullable V value) {
        byte[] bytes = value == null ? null : values.serialize(topic, headers, value);
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private EnrichedValue decode(byte[] bytes) {
        try {
            return decoder.decode(bytes);
        } catch (IOException e) {
            throw new SerializationException("enriched value: " + e.getMessage(), e);
        }
    }

    private static <V> Enriched<V> enriched(V value, Outcome<Labels> result, EnrichedValue record) {
        return new Enriched<>(
                value,
                Optional.ofNullable(record.getText()),
                result,
                new InputRecord.Source(
                        record.getTopic(),
                        record.getPartition(),
                        record.getOffset(),
                        record.getTimestamp().toEpochMilli()));
    }

    // Null only where a null value was written: then Enriched admits it.
    @SuppressWarnings("NullAway")
    private static <V> V value(Deserializer<V> values, String topic, Headers headers, @Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return values.deserialize(topic, headers, bytes);
    }

    private static Outcome<Labels> result(EnrichedValue record) {
        String reason = record.getReason();
        if (reason != null) {
            return new Outcome.Rejected<>(new Rejection(reason(reason), String.valueOf(record.getDetail())));
        }
        try {
            return Outcome.accepted(EnrichedValues.read(record));
        } catch (IllegalArgumentException e) {
            // Without its words and without it: what it quotes may be any bytes, a piece of the text among them.
            throw new SerializationException(
                    "enriched value: expected a sentiment that is among its scores and entities"
                            + " that begin before they end, got others; these bytes were changed on their way");
        }
    }

    private static RejectionReason reason(String code) {
        return RejectionReason.ofCode(code)
                .orElseThrow(() -> new SerializationException("enriched value: expected a known reason, got "
                        + (CODE.matcher(code).matches() ? "'" + code + "'" : "another text")
                        + "; upgrade this instance if a newer one wrote it"));
    }
}
