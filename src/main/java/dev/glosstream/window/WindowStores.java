package dev.glosstream.window;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The state stores that a window stands on; its processor must be connected to them.
 *
 * @param window name of the store that holds what waits; also of its changelog topic, so it never changes
 * @param commits name of the store that hears of commits
 */
public record WindowStores(String window, String commits) {
    private static final int LEAST_SEGMENT_BYTES = 64 << 20;

    /**
     * Returns the store of what waits: in memory, because a window is small and short-lived; with a changelog, because it
     * must survive; without the record cache, which would only cost.
     *
     * @param largestRecordBytes {@code max.message.bytes} of the changelog
     */
    public StoreBuilder<KeyValueStore<Long, byte[]>> windowBuilder(int largestRecordBytes) {
        Map<String, String> changelog = Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(largestRecordBytes),
                // Every record passes through the changelog, few stay: small segments are compacted soon, so that a
                // restart has little to read.
                TopicConfig.SEGMENT_BYTES_CONFIG,
                        Integer.toString(Math.max(LEAST_SEGMENT_BYTES, 2 * largestRecordBytes)),
                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(window), Serdes.Long(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(changelog);
    }

    /** Returns the store that hears of commits; it holds nothing and has no changelog. */
    public StoreBuilder<TaskSignal> commitsBuilder() {
        return TaskSignal.builder(commits);
    }
}
