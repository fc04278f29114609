package dev.glosstream.window;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What the windows of one stream thread share: its time, and {@linkplain WindowGroup the calls of the models}. Between two
 * commits each of them may close once, so together they must not hold more than the models read in
 * {@value #LONGEST_STANDSTILL_SECONDS} seconds: a transaction that takes longer than {@code transaction.timeout.ms} (10 s)
 * is aborted, and would be again and again.
 *
 * <p>One thread; windows may be opened and closed on others.
 */
final class ThreadShare {
    /** How long the models may keep a stream thread, all its windows together. */
    static final double LONGEST_STANDSTILL_SECONDS = 2;
    /** From so long a call of the models on it matters when a transaction began. */
    static final double LONG_CALL_SECONDS = 2 * LONGEST_STANDSTILL_SECONDS;
    /** Signals of commits that a long call waits for, at most: others of the thread may send something after each. */
    static final int MOST_COMMITS_AWAITED = 50;
    /** What is assumed of a machine of which nothing is known yet: a slow one. */
    static final double FIRST_TOKENS_PER_SECOND = 4_000;
    /** A window always takes that much, or the padding would make everything slower still. */
    static final int LEAST_TOKENS = 1_024;

    /** Between two commits that windows ask for. */
    static final long LEAST_BETWEEN_COMMITS_MS = 25;

    private static final double WEIGHT_OF_LATEST = 0.3;
    private static final int FEW_TOKENS = 512;
    private static final ThreadLocal<ThreadShare> OF_THREAD =
            ThreadLocal.withInitial(() -> new ThreadShare(System::nanoTime));

    private final LongSupplier nanoTime;
    private final AtomicInteger windows = new AtomicInteger();
    private final Map<Object, WindowGroup> groups = Collections.synchronizedMap(new IdentityHashMap<>());
    private double tokensPerSecond = FIRST_TOKENS_PER_SECOND;
    private boolean measured;
    private boolean committed;
    private long committedNanos;
    private boolean sent;
    private long restsUntilNanos;
    private boolean awaitsCommit;
    private int commitsAwaited;

    ThreadShare(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Returns that of the current thread. */
    static ThreadShare ofThisThread() {
        return OF_THREAD.get();
    }

    /**
     * Returns whether a window may ask for a commit, which commits what all windows of the thread have emitted: not within
     * {@value #LEAST_BETWEEN_COMMITS_MS} ms of the last one that was asked for, because each costs every broker that holds an
     * output partition.
     */
    boolean mayCommit() {
        long nowNanos = nanoTime.getAsLong();
        if (committed && nowNanos - committedNanos < TimeUnit.MILLISECONDS.toNanos(LEAST_BETWEEN_COMMITS_MS)) {
            return false;
        }
        committed = true;
        committedNanos = nowNanos;
        return true;
    }

    /** Notes that the models will not be called for a time, whatever comes. */
    void rests(long millis) {
        restsUntilNanos = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /**
     * Returns how long the thread need not look what has come, in nanoseconds: its models rest, and nothing is left to be
     * committed. 0 if windows of several groups share the thread, which rest each for itself.
     */
    long restNanos() {
        boolean idle = groups.size() == 1 && groups.values().stream().noneMatch(WindowGroup::isUncommitted);
        return idle ? Math.max(0, restsUntilNanos - nanoTime.getAsLong()) : 0;
    }

    /** Notes that results were sent: the thread has a transaction open. */
    void sent() {
        sent = true;
    }

    /** Notes that a commit begins, after which the thread has no transaction open. */
    void committing() {
        sent = false;
        if (awaitsCommit) {
            commitsAwaited++;
        }
    }

    /**
     * Returns whether a call of the models should wait until what was sent is committed: it takes so long that the
     * transaction would be aborted, which counts from its first send.
     *
     * @param tokens that the call would read
     */
    boolean shouldCommitBefore(long tokens) {
        if (tokens < LONG_CALL_SECONDS * tokensPerSecond) {
            return false;
        }
        awaitsCommit = sent && commitsAwaited < MOST_COMMITS_AWAITED;
        if (!awaitsCommit) {
            commitsAwaited = 0;
        }
        return awaitsCommit;
    }

    /**
     * Notes one window more, and returns its group.
     *
     * @param kin the same object for windows whose texts the same models label
     */
    WindowGroup opened(Object kin, WindowGroup.Member window) {
        windows.incrementAndGet();
        WindowGroup group = groups.computeIfAbsent(kin, any -> new WindowGroup());
        group.join(window);
        return group;
    }

    /** Notes one window less. */
    void closed(Object kin, WindowGroup.Member window) {
        windows.decrementAndGet();
        groups.computeIfPresent(kin, (any, group) -> group.leave(window) ? null : group);
    }

    /** Returns the clock's nanoseconds, to be handed to {@link #labelled}. */
    long start() {
        return nanoTime.getAsLong();
    }

    /** Learns how fast the models are, and returns how long they took, in milliseconds. */
    long labelled(long tokens, long startNanos) {
        long nanos = Math.max(1, nanoTime.getAsLong() - startNanos);
        // Few tokens say little about many.
        if (tokens >= FEW_TOKENS) {
            double latest = tokens * 1e9 / nanos;
            tokensPerSecond = measured ? tokensPerSecond + WEIGHT_OF_LATEST * (latest - tokensPerSecond) : latest;
            measured = true;
        }
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    /** Returns how many tokens a window of this thread may hold. */
    long mostTokens() {
        double most = LONGEST_STANDSTILL_SECONDS * tokensPerSecond / Math.max(1, windows.get());
        return Math.max(LEAST_TOKENS, (long) most);
    }
}
