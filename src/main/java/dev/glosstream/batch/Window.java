package dev.glosstream.batch;

import dev.glosstream.config.BatchingSettings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Records that wait together until one of three bounds is reached: their number, their tokens, the age of the oldest.
 *
 * <p>One thread. Keeps arrival order. It holds values only; who owns it makes them durable.
 *
 * @param <T> what waits
 */
public final class Window<T> {
    private final BatchingSettings bounds;
    private final List<T> waiting = new ArrayList<>();
    private long tokens;
    private long oldestMs;

    /** Creates an empty window. */
    public Window(BatchingSettings bounds) {
        this.bounds = bounds;
    }

    /**
     * Adds a value.
     *
     * @param sequenceLength its tokens
     * @param wallClockTimeMs now; counts if it is the oldest
     */
    public void add(T value, int sequenceLength, long wallClockTimeMs) {
        if (waiting.isEmpty()) {
            oldestMs = wallClockTimeMs;
        }
        waiting.add(value);
        tokens += sequenceLength;
    }

    /** Returns whether the window holds as many records or tokens as it may. */
    public boolean isFull() {
        return waiting.size() >= bounds.maxRecords() || tokens >= bounds.maxTokens();
    }

    /** Returns whether the oldest value has waited its time; false if the window is empty. */
    public boolean isOverdue(long wallClockTimeMs) {
        return !waiting.isEmpty()
                && wallClockTimeMs - oldestMs >= bounds.maxWait().toMillis();
    }

    /** Returns the number of values that wait. */
    public int size() {
        return waiting.size();
    }

    /** Returns the tokens of the values that wait. */
    public long tokens() {
        return tokens;
    }

    /** Returns what waits, in arrival order; a view. */
    public List<T> waiting() {
        return Collections.unmodifiableList(waiting);
    }

    /** Empties the window and returns what waited, in arrival order. */
    public List<T> drain() {
        List<T> drained = List.copyOf(waiting);
        waiting.clear();
        tokens = 0;
        return drained;
    }
}
