package dev.glosstream.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.sequence.InputRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written of what waits, and when. The driver commits after each record. */
class WindowStoreTest {
    private static final WindowStores STORES = new WindowStores("window", "commits");

    /** Names of the records in the store, seen before the commit of the record that was processed last. */
    private final List<String> beforeCommit = new ArrayList<>();

    private long first;
    private int commits;

    /** Processes a record as the test says. */
    private interface Step {
        void take(WindowStore store, InputRecord input);
    }

    private TopologyTestDriver driver(Step step, String cacheBytes) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "app");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "unused:9092");
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, cacheBytes);
        Topology topology = new Topology();
        topology.addSource("in", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "in");
        topology.addProcessor("step", () -> new Stepping(step), "in");
        topology.addStateStore(STORES.windowBuilder(1 << 20), "step");
        topology.addStateStore(STORES.commitsBuilder(), "step");
        return new TopologyTestDriver(topology, properties);
    }

    private final class Stepping implements Processor<byte[], byte[], Void, Void> {
        private final Step step;
        private Consumer<Record<byte[], byte[]>> process = record -> {};

        Stepping(Step step) {
            this.step = step;
        }

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            KeyValueStore<Long, byte[]> kept = context.getStateStore(STORES.window());
            WindowStore store = new WindowStore(kept, context.getStateStore(STORES.commits()), true, () -> commits++);
            store.restore();
            process = record -> {
                step.take(store, new InputRecord(null, record.value(), List.of(), KafkaRecords.source(context, 0)));
                beforeCommit.clear();
                beforeCommit.addAll(names(kept));
            };
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            process.accept(record);
        }
    }

    private static List<String> names(KeyValueStore<Long, byte[]> kept) {
        List<String> names = new ArrayList<>();
        try (KeyValueIterator<Long, byte[]> all = kept.all()) {
            while (all.hasNext()) {
                byte[] value = new PendingRecords().decode(all.next().value).value();
                names.add(new String(value == null ? new byte[0] : value, StandardCharsets.UTF_8));
            }
        }
        return names;
    }

    private static void send(TopologyTestDriver driver, String... values) {
        driver.createInputTopic("in", new StringSerializer(), new StringSerializer())
                .pipeValueList(List.of(values));
    }

    private static List<String> kept(TopologyTestDriver driver) {
        return names(driver.getKeyValueStore(STORES.window()));
    }

    /** Keys of the changelog's records, negative those that delete. */
    private static List<Long> changes(TopologyTestDriver driver) {
        return driver
                .createOutputTopic("app-window-changelog", new LongDeserializer(), new ByteArrayDeserializer())
                .readKeyValuesToList()
                .stream()
                .map((KeyValue<Long, byte[]> change) -> change.value == null ? -1 - change.key : change.key)
                .toList();
    }

    @Test
    void shouldWriteWhatWaitsWithTheCommitAndNotBefore() {
        try (TopologyTestDriver driver = driver(WindowStore::add, "100000")) {
            send(driver, "a");
            assertThat(beforeCommit).isEmpty();
            assertThat(kept(driver)).containsExactly("a");

            send(driver, "b");
            assertThat(beforeCommit).containsExactly("a");
            assertThat(kept(driver)).containsExactly("a", "b");
            assertThat(changes(driver)).containsExactly(0L, 1L);
        }
    }

    @Test
    void shouldWriteNothingOfWhatIsAnsweredBeforeTheCommit() {
        Step step = (store, input) -> store.remove(store.add(input));
        try (TopologyTestDriver driver = driver(step, "100000")) {
            send(driver, "a", "b", "c");

            assertThat(kept(driver)).isEmpty();
            assertThat(changes(driver)).isEmpty();
        }
    }

    @Test
    void shouldDeleteWhatACommitFoundWaiting() {
        Step step = (store, input) -> {
            long sequence = store.add(input);
            if (sequence == 2) {
                store.remove(0);
                store.remove(1);
            }
        };
        try (TopologyTestDriver driver = driver(step, "100000")) {
            send(driver, "a", "b", "c");

            assertThat(kept(driver)).containsExactly("c");
            assertThat(changes(driver)).containsExactly(0L, 1L, -1L, -2L, 2L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "100000"})
    void shouldKeepEverythingWhateverTheCacheHolds(String cacheBytes) {
        Step step = (store, input) -> {
            store.add(input);
            store.add(input);
            store.remove(first++);
        };
        try (TopologyTestDriver driver = driver(step, cacheBytes)) {
            send(driver, "a", "b", "c", "d");

            assertThat(kept(driver)).containsExactly("c", "c", "d", "d");
        }
    }

    @Test
    void shouldWriteAtOnceWithoutACache() {
        try (TopologyTestDriver driver = driver(WindowStore::add, "0")) {
            send(driver, "a");

            assertThat(beforeCommit).containsExactly("a");
        }
    }

    @Test
    void shouldTellOfCommitsThatRecordsCameBeforeOrThatSomebodyAskedFor() {
        Step step = (store, input) -> {
            String name = new String(input.value(), StandardCharsets.UTF_8);
            if (name.equals("added")) {
                store.remove(store.add(input));
            } else if (name.equals("asked for")) {
                store.announceCommit();
            }
        };
        try (TopologyTestDriver driver = driver(step, "100000")) {
            send(driver, "nothing");
            assertThat(commits).isZero();

            send(driver, "added");
            assertThat(commits).isEqualTo(1);

            send(driver, "asked for");
            assertThat(commits).isEqualTo(2);

            send(driver, "nothing");
            assertThat(commits).isEqualTo(2);
        }
    }
}
