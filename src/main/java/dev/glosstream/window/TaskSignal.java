package dev.glosstream.window;

import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Tells a processor what becomes of its task: a state store without state, because only stores are told in any case.
 *
 * <p>Before a commit the task can still write what belongs to it. After one, under at-least-once, every send before it is
 * acknowledged and the offsets are written. That a task is given up must be heard too: if the {@code init} of one of its
 * processors fails, Kafka Streams closes its stores, but none of the processors whose {@code init} had succeeded. Stream
 * thread only.
 */
public final class TaskSignal implements StateStore {
    private final String name;
    private Runnable committing = () -> {};
    private Runnable committed = () -> {};
    private Runnable closed = () -> {};
    private @Nullable KeyValueStore<Bytes, byte[]> flag;
    private boolean open;

    private TaskSignal(String name) {
        this.name = name;
    }

    /**
     * Returns what makes one signal per task, without a changelog.
     *
     * @param name of the store
     */
    public static StoreBuilder<TaskSignal> builder(String name) {
        return new Builder(name);
    }

    /** Names whom to tell that a commit begins, in place of any earlier one. */
    void whenCommitting(Runnable listener) {
        committing = listener;
    }

    /**
     * Asks for one call before the next commit, at the latest; it may come before this returns. What is written in it belongs
     * to that commit.
     */
    void announceCommit() {
        if (flag == null) {
            committing.run();
        } else {
            CommitFlag.raise(flag);
        }
    }

    /** Names whom to tell of each commit, in place of any earlier one. */
    void whenCommitted(Runnable listener) {
        committed = listener;
    }

    /** Names whom to tell of the end, in place of any earlier one; it may be told after its processor was closed. */
    public void whenClosed(Runnable listener) {
        closed = listener;
    }

    /** Passes a commit on. */
    public void onCommit() {
        committed.run();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {}, this::onCommit);
        flag = CommitFlag.open(name + "-flag", context, () -> committing.run());
        open = true;
    }

    @Override
    public void close() {
        open = false;
        closed.run();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    private record Builder(String name) implements StoreBuilder<TaskSignal> {
        @Override
        public StoreBuilder<TaskSignal> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<TaskSignal> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<TaskSignal> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<TaskSignal> withLoggingDisabled() {
            return this;
        }

        @Override
        public TaskSignal build() {
            return new TaskSignal(name);
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}
