package dev.glosstream.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.test.TestRecord;

/**
 * A topic that a test reads from; it survives the crashes of its harness. Holds what was committed, each record once.
 *
 * @param <K> key
 * @param <V> value
 */
public final class OutputTopic<K, V> {
    private final TopologyHarness harness;
    private final String topic;
    private final Serde<K> keys;
    private final Serde<V> values;
    private int read;

    OutputTopic(TopologyHarness harness, String topic, Serde<K> keys, Serde<V> values) {
        this.harness = harness;
        this.topic = topic;
        this.keys = keys;
        this.values = values;
    }

    /** Returns everything that was ever committed, in order, whether it was read or not. */
    public List<TestRecord<K, V>> all() {
        return decode(harness.committed(topic));
    }

    /** Returns what was committed since this topic was last read, in order. */
    public List<TestRecord<K, V>> take() {
        List<TestRecord<byte[], byte[]>> committed = harness.committed(topic);
        List<TestRecord<K, V>> fresh = decode(committed.subList(read, committed.size()));
        read = committed.size();
        return fresh;
    }

    private List<TestRecord<K, V>> decode(List<TestRecord<byte[], byte[]>> records) {
        List<TestRecord<K, V>> decoded = new ArrayList<>();
        for (TestRecord<byte[], byte[]> record : records) {
            decoded.add(new TestRecord<>(
                    keys.deserializer().deserialize(topic, record.headers(), record.key()),
                    values.deserializer().deserialize(topic, record.headers(), record.value()),
                    record.headers(),
                    record.getRecordTime()));
        }
        return decoded;
    }

    /** Asserts the keys of what came since this topic was last read, in order. */
    @SafeVarargs
    public final void expectKeys(K... expected) {
        List<K> wanted = new ArrayList<>();
        for (K key : expected) {
            wanted.add(key);
        }
        List<K> got = new ArrayList<>();
        take().forEach(record -> got.add(record.key()));
        Expectations.same("keys of topic '" + topic + "'", wanted, got);
    }

    /** Asserts the values of what came since this topic was last read, in order. */
    @SafeVarargs
    public final void expectValues(V... expected) {
        List<V> wanted = new ArrayList<>();
        for (V value : expected) {
            wanted.add(value);
        }
        List<V> got = new ArrayList<>();
        take().forEach(record -> got.add(record.value()));
        Expectations.same("values of topic '" + topic + "'", wanted, got);
    }

    /**
     * Asserts what came since this topic was last read, in order, one line for each record.
     *
     * @param line writes what the test is about of a record
     */
    public void expectLines(Function<TestRecord<K, V>, String> line, String... expected) {
        List<String> got = take().stream().map(line).toList();
        Expectations.same("records of topic '" + topic + "'", List.of(expected), got);
    }

    /** Asserts that nothing came since this topic was last read. */
    public void expectNothing() {
        expectLines(record -> "key " + record.key());
    }
}
