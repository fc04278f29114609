package dev.glosstream.window;

/**
 * How long a stream thread need not ask its consumer for records. After labels the models rest for {@code batching.maxWait},
 * so that what trickles in is labelled together. Each look meanwhile costs a request to every broker, and finds a few
 * records that wait all the same.
 */
public final class ModelRest {
    private ModelRest() {}

    /**
     * Returns how long the thread that asks need not look, in nanoseconds: 0 if what comes might be labelled at once. For an
     * application whose windows {@linkplain DurableWindow#COMMITS_AFTER_LABELS ask for commits}; always 0 for others.
     */
    public static long nanosOfThisThread() {
        return ThreadShare.ofThisThread().restNanos();
    }
}
