package dev.glosstream.enricher;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * Tells a processor that its task is given up: a state store without state, because only stores are told in any case.
 *
 * <p>If the {@code init} of one processor of a task fails, Kafka Streams closes the stores of the task, but none of the
 * processors whose {@code init} had succeeded. Stream thread only.
 */
final class TaskEnd implements StateStore {
    private final String name;
    private Runnable listener = () -> {};
    private boolean open;

    private TaskEnd(String name) {
        this.name = name;
    }

    /** Names whom to tell, in place of any earlier one; it may be told after its processor was closed. */
    void tell(Runnable newListener) {
        listener = newListener;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void close() {
        open = false;
        listener.run();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /**
     * Makes one per task, without a changelog.
     *
     * @param name of the store
     */
    record Builder(String name) implements StoreBuilder<TaskEnd> {
        @Override
        public StoreBuilder<TaskEnd> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<TaskEnd> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<TaskEnd> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<TaskEnd> withLoggingDisabled() {
            return this;
        }

        @Override
        public TaskEnd build() {
            return new TaskEnd(name);
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
