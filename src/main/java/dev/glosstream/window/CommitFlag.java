package dev.glosstream.window;

import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Lies below a record cache of Kafka Streams and so learns that a commit begins.
 *
 * <p>No processor is told of it. But what was put into a cached store is written to the store below at the latest then, before
 * the sends are flushed and the offsets written: whatever is put into other stores meanwhile belongs to the same commit. The
 * cache may do so earlier, when it is short of room, and does so at once if {@code statestore.cache.max.bytes} is 0.
 *
 * <p>Source: Kafka Streams' developer guide, "Memory management", record caches. Stream thread only.
 */
final class CommitFlag implements KeyValueStore<Bytes, byte[]> {
    private static final byte[] RAISED = {1};

    private final String name;
    private final Runnable lowered;
    private boolean open;

    private CommitFlag(String name, Runnable lowered) {
        this.name = name;
        this.lowered = lowered;
    }

    /**
     * Opens a flag; the task of the context closes it.
     *
     * @param lowered called once for each time that it is {@linkplain #raise raised}, or for several together
     * @return what to {@linkplain #raise raise}
     */
    static KeyValueStore<Bytes, byte[]> open(String name, StateStoreContext context, Runnable lowered) {
        CommitFlag flag = new CommitFlag(name, lowered);
        KeyValueStore<Bytes, byte[]> cached = Stores.keyValueStoreBuilder(
                        flag.supplier(), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingDisabled()
                .build();
        cached.init(context, cached);
        return cached;
    }

    /** Asks for a call of {@code lowered} before the next commit is made; it may come before this returns. */
    static void raise(KeyValueStore<Bytes, byte[]> flag) {
        flag.put(Bytes.wrap(RAISED), RAISED);
    }

    private KeyValueBytesStoreSupplier supplier() {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return CommitFlag.this;
            }

            @Override
            public String metricsScope() {
                return "commit-flag";
            }
        };
    }

    /** Called by the cache. */
    @Override
    public void put(Bytes key, byte[] value) {
        lowered.run();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public long approximateNumEntries() {
        return 0;
    }

    @Override
    public byte[] get(Bytes key) {
        throw notRead();
    }

    @Override
    public byte[] putIfAbsent(Bytes key, byte[] value) {
        throw notRead();
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        throw notRead();
    }

    @Override
    public byte[] delete(Bytes key) {
        throw notRead();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
        throw notRead();
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
        throw notRead();
    }

    private UnsupportedOperationException notRead() {
        return new UnsupportedOperationException(
                "store '" + name + "': expected no reader, got one; it holds nothing, it tells of commits");
    }
}
