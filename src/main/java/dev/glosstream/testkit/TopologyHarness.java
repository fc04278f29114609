package dev.glosstream.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * A topology without a broker, on a clock that the test moves; it can crash and come back.
 *
 * <p>Every record and every step of the clock is one transaction, as in Kafka under exactly-once: if it fails, its results
 * are gone and its record is read again after the {@link #crash}. Key-value stores come back as they were committed; window
 * and session stores do not. One thread.
 */
public final class TopologyHarness implements Crashable {
    private final Supplier<Topology> topology;
    private final Properties properties;
    private final Map<String, List<TestRecord<byte[], byte[]>>> committed = new LinkedHashMap<>();
    private final Map<String, Map<Bytes, byte[]>> stores = new LinkedHashMap<>();
    private final Set<String> written = new TreeSet<>();
    private boolean choosesTopics;
    private final StateFolder state = new StateFolder();
    private Instant now = Instant.EPOCH;
    private TopologyTestDriver driver;
    private @Nullable Arrival unprocessed;

    /** A record on its way in. */
    private record Arrival(String topic, TestRecord<byte[], byte[]> record) {}

    /**
     * Starts a topology under exactly-once.
     *
     * @param topology builds it, once per life
     */
    public TopologyHarness(Supplier<Topology> topology) {
        this(topology, Map.of());
    }

    /**
     * Starts a topology.
     *
     * @param topology builds it, once per life
     * @param properties of Kafka Streams, for example default serdes or a {@code processing.guarantee}; application id and
     *     brokers need not be among them
     */
    public TopologyHarness(Supplier<Topology> topology, Map<String, ?> properties) {
        this.topology = topology;
        this.properties = new Properties();
        this.properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "harness");
        this.properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:9092");
        this.properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        this.properties.put(StreamsConfig.STATE_DIR_CONFIG, state.path().toString());
        this.properties.putAll(properties);
        this.driver = firstStart();
    }

    private TopologyTestDriver firstStart() {
        try {
            return start();
        } catch (RuntimeException e) {
            state.delete();
            throw e;
        }
    }

    private TopologyTestDriver start() {
        Topology built = topology.get();
        note(built.describe());
        return new TopologyTestDriver(built, properties, now);
    }

    private void note(TopologyDescription description) {
        description.subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(TopologyDescription.Sink.class::isInstance)
                .map(TopologyDescription.Sink.class::cast)
                .forEach(sink -> {
                    if (sink.topic() == null) {
                        choosesTopics = true;
                    } else {
                        written.add(sink.topic());
                    }
                });
    }

    /** Returns a topic to send to. */
    public <K, V> InputTopic<K, V> input(String topic, Serde<K> keys, Serde<V> values) {
        return new InputTopic<>(this, topic, keys, values);
    }

    /**
     * Returns a topic to read from.
     *
     * @throws IllegalArgumentException if the topology never writes to it: nothing would ever come
     */
    public <K, V> OutputTopic<K, V> output(String topic, Serde<K> keys, Serde<V> values) {
        boolean internal = topic.startsWith(properties.get(StreamsConfig.APPLICATION_ID_CONFIG) + "-");
        if (!written.contains(topic) && !internal && !choosesTopics) {
            throw new IllegalArgumentException(
                    "topic '" + topic + "': expected one that the topology writes, got another; it writes " + written);
        }
        return new OutputTopic<>(this, topic, keys, values);
    }

    /**
     * Processes one record.
     *
     * @throws RuntimeException what the topology threw; then nothing of it is committed, and {@link #crash} sends it again
     */
    void send(String topic, TestRecord<byte[], byte[]> record) {
        Arrival arrival = new Arrival(topic, record);
        unprocessed = arrival;
        process(arrival);
        unprocessed = null;
        commit();
    }

    private void process(Arrival arrival) {
        driver.createInputTopic(arrival.topic(), new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(arrival.record());
    }

    /** Returns the time. */
    public Instant now() {
        return now;
    }

    /** Moves the clock; timers of the topology go off on their way. */
    public TopologyHarness advance(Duration time) {
        now = now.plus(time);
        driver.advanceWallClockTime(time);
        commit();
        return this;
    }

    /**
     * Ends the topology without warning and starts it again: what was committed is there, what was not is gone, and a record
     * whose processing had failed is read again.
     */
    @Override
    public TopologyHarness crash() {
        driver.close();
        driver = start();
        stores.forEach(this::restore);
        Arrival again = unprocessed;
        if (again != null) {
            send(again.topic(), again.record());
        }
        return this;
    }

    /** Returns how many records wait in the windows of all enrichers, or of the product's pipeline. */
    public int waiting() {
        int waiting = 0;
        for (Map.Entry<String, Map<Bytes, byte[]>> store : stores.entrySet()) {
            if (store.getKey().endsWith("-window") || store.getKey().equals("window-store")) {
                waiting += store.getValue().size();
            }
        }
        return waiting;
    }

    /** Asserts how many records wait. */
    public TopologyHarness expectWaiting(int expected) {
        Expectations.same("waiting records", expected, waiting());
        return this;
    }

    /** Returns what was committed to a topic, in order. */
    List<TestRecord<byte[], byte[]>> committed(String topic) {
        return committed.getOrDefault(topic, List.of());
    }

    private void commit() {
        for (String topic : driver.producedTopicNames()) {
            committed
                    .computeIfAbsent(topic, first -> new ArrayList<>())
                    .addAll(driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                            .readRecordsToList());
        }
        keyValueStores().forEach((name, store) -> stores.put(name, content(store)));
    }

    /** The stores as bytes, below their caches and changelogs: to fill a cache would send its content downstream again. */
    private Map<String, KeyValueStore<Bytes, byte[]>> keyValueStores() {
        Map<String, KeyValueStore<Bytes, byte[]>> found = new LinkedHashMap<>();
        driver.getAllStateStores().forEach((name, store) -> {
            if (store instanceof KeyValueStore<?, ?> && innermost(store) instanceof KeyValueStore<?, ?> bytes) {
                found.put(name, ofBytes(bytes));
            }
        });
        return found;
    }

    // Kafka Streams has no public way below a cache.
    private static StateStore innermost(StateStore store) {
        StateStore inner = store;
        while (inner instanceof WrappedStateStore<?, ?, ?> outer) {
            inner = outer.wrapped();
        }
        return inner;
    }

    // Whatever the types outside are, a store that holds data holds bytes: StoreBuilders take only such.
    @SuppressWarnings("unchecked")
    private static KeyValueStore<Bytes, byte[]> ofBytes(KeyValueStore<?, ?> store) {
        return (KeyValueStore<Bytes, byte[]>) store;
    }

    private static Map<Bytes, byte[]> content(KeyValueStore<Bytes, byte[]> store) {
        Map<Bytes, byte[]> content = new LinkedHashMap<>();
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                content.put(entry.key, entry.value);
            }
        }
        return content;
    }

    private void restore(String name, Map<Bytes, byte[]> content) {
        KeyValueStore<Bytes, byte[]> store = keyValueStores().get(name);
        if (store != null) {
            content.forEach(store::put);
        }
    }

    /** Ends the topology; what it committed can still be read. */
    @Override
    public void close() {
        try {
            driver.close();
        } finally {
            state.delete();
        }
    }
}
