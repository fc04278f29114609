package dev.glosstream.app.bench;

import java.util.Arrays;

/**
 * How long results took under one load, in milliseconds from the moment at which a text was due to be sent until its result
 * was read, committed.
 *
 * @param load what the report calls it
 * @param eventsPerSecond that were due
 * @param events how many
 * @param p50 half of them took no longer
 * @param p95 95 % of them took no longer
 * @param p99 99 % of them took no longer
 * @param p999 99.9 % of them took no longer
 * @param longest all of them took no longer
 */
public record Latency(
        String load,
        double eventsPerSecond,
        int events,
        double p50,
        double p95,
        double p99,
        double p999,
        double longest) {

    /** Returns the latency of some results. */
    static Latency of(String load, double eventsPerSecond, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latency(
                load,
                eventsPerSecond,
                sorted.length,
                at(sorted, 0.5),
                at(sorted, 0.95),
                at(sorted, 0.99),
                at(sorted, 0.999),
                at(sorted, 1));
    }

    /** The nearest rank: no value is made up between two. */
    private static double at(long[] sorted, double share) {
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.max(1, rank) - 1] / 1e6;
    }
}
