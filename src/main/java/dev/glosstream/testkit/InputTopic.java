package dev.glosstream.testkit;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * A topic that a test sends to; it survives the crashes of its harness.
 *
 * @param <K> key
 * @param <V> value
 */
public final class InputTopic<K, V> {
    private final TopologyHarness harness;
    private final String topic;
    private final Serde<K> keys;
    private final Serde<V> values;

    InputTopic(TopologyHarness harness, String topic, Serde<K> keys, Serde<V> values) {
        this.harness = harness;
        this.topic = topic;
        this.keys = keys;
        this.values = values;
    }

    /** Sends a record at the harness's time. */
    public InputTopic<K, V> send(@Nullable K key, @Nullable V value) {
        return send(key, value, new RecordHeaders());
    }

    /** Sends a record with headers at the harness's time. */
    public InputTopic<K, V> send(@Nullable K key, @Nullable V value, Headers headers) {
        byte[] keyBytes = key == null ? null : keys.serializer().serialize(topic, headers, key);
        byte[] valueBytes = value == null ? null : values.serializer().serialize(topic, headers, value);
        harness.send(topic, new TestRecord<>(keyBytes, valueBytes, headers, harness.now()));
        return this;
    }
}
