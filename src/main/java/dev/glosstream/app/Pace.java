package dev.glosstream.app;

import java.util.concurrent.TimeUnit;

/**
 * When the next of a steady stream of things is due. What was missed in a standstill of more than a second is not caught up
 * with, so that a cluster that comes back is not met with a flood. One thread.
 */
final class Pace {
    private static final long LONGEST_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final double intervalNanos;
    private double dueNanos;

    /**
     * Starts now.
     *
     * @param perSecond how many a second, more than 0
     * @param nowNanos of a clock that never goes back
     */
    Pace(double perSecond, long nowNanos) {
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.dueNanos = nowNanos;
    }

    /**
     * Returns how long to wait for the next one, in nanoseconds, 0 if it is due; it counts as done then.
     *
     * @param nowNanos of the same clock
     */
    long next(long nowNanos) {
        if (nowNanos - dueNanos > LONGEST_DELAY_NANOS) {
            dueNanos = nowNanos;
        }
        long wait = (long) Math.max(0, dueNanos - nowNanos);
        dueNanos += intervalNanos;
        return wait;
    }
}
