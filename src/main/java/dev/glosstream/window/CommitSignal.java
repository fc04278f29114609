package dev.glosstream.window;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Tells a processor that its task has committed: a state store without state, because only stores are told.
 *
 * <p>Used under at-least-once alone. There a commit means that every send before it is acknowledged and that the offsets
 * are written. Stream thread only.
 */
public final class CommitSignal implements StateStore {
    private final String name;
    private Runnable listener = () -> {};
    private boolean open;

    CommitSignal(String name) {
        this.name = name;
    }

    /** Names whom to tell, in place of any earlier one. */
    void tell(Runnable newListener) {
        listener = newListener;
    }

    /** Passes the commit on. */
    public void onCommit() {
        listener.run();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {}, this::onCommit);
        open = true;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Makes one signal per task, without a changelog. */
    static final class Builder implements StoreBuilder<CommitSignal> {
        private final String name;

        Builder(String name) {
            this.name = name;
        }

        @Override
        public StoreBuilder<CommitSignal> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitSignal> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitSignal> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<CommitSignal> withLoggingDisabled() {
            return this;
        }

        @Override
        public CommitSignal build() {
            return new CommitSignal(name);
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return name;
        }
    }
}
