package dev.glosstream.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Keeps account of every record sent and of what came back for it: an enriched event is known by its id, a dead letter by
 * the place of its input. Any thread.
 */
final class DemoTally {
    private static final long LONGEST_LATENCY_MICROS = 3_600_000_000L;
    private static final int DIGITS = 3;
    private static final long NANOS_PER_MS = 1_000_000;

    private final List<Sent> sent = new ArrayList<>();
    private final Map<String, Sent> byId = new HashMap<>();
    private final Map<RecordPlace, Sent> byPlace = new HashMap<>();
    private final Map<RecordPlace, List<Long>> unclaimed = new HashMap<>();
    private final Histogram latencies = new Histogram(LONGEST_LATENCY_MICROS, DIGITS);
    private final Map<String, Integer> refusedByReason = new TreeMap<>();
    private int labelled;
    private int refused;
    private int strangers;
    private int answered;
    private long firstSentNanos;
    private long lastResultNanos;
    private @Nullable String sendFailure;

    /** A record on its way. */
    final class Sent {
        private final long nanos;
        private int results;

        private Sent(long nanos) {
            this.nanos = nanos;
        }

        /** Says where the record stands now. */
        void acknowledged(RecordPlace place) {
            synchronized (DemoTally.this) {
                byPlace.put(place, this);
                unclaimed.getOrDefault(place, List.of()).forEach(arrival -> answer(this, arrival));
                unclaimed.remove(place);
                DemoTally.this.notifyAll();
            }
        }

        /** Says that the record could not be sent. */
        void failed(Exception failure) {
            synchronized (DemoTally.this) {
                sendFailure = String.valueOf(failure.getMessage());
                DemoTally.this.notifyAll();
            }
        }
    }

    /** Counts a record that is about to be sent. */
    synchronized Sent sending(DemoRecord record, long nowNanos) {
        if (sent.isEmpty()) {
            firstSentNanos = nowNanos;
        }
        Sent entry = new Sent(nowNanos);
        sent.add(entry);
        record.id().ifPresent(id -> byId.put(id, entry));
        return entry;
    }

    /** Counts a record that came back. */
    synchronized void received(OutputRecord output, long nowNanos) {
        lastResultNanos = nowNanos;
        output.result().outcome().fold(labels -> ++labelled, rejection -> {
            refusedByReason.merge(rejection.reason().code(), 1, Integer::sum);
            return ++refused;
        });
        Optional<Sent> known =
                output.id().map(byId::get).or(() -> output.place().map(byPlace::get));
        if (known.isPresent()) {
            answer(known.get(), nowNanos);
        } else if (output.place().isPresent()) {
            // Its acknowledgement is still on the way.
            unclaimed
                    .computeIfAbsent(output.place().get(), place -> new ArrayList<>())
                    .add(nowNanos);
        } else {
            strangers++;
        }
        notifyAll();
    }

    private void answer(Sent entry, long nowNanos) {
        entry.results++;
        if (entry.results == 1) {
            answered++;
            long micros = Math.max(0, (nowNanos - entry.nanos) / 1000);
            latencies.recordValue(Math.min(micros, LONGEST_LATENCY_MICROS));
        }
    }

    /** Waits until every record has a result, but no longer than that; returns whether it has. */
    synchronized boolean awaitAllAnswered(long longestMs) throws InterruptedException {
        long endNanos = System.nanoTime() + longestMs * NANOS_PER_MS;
        long leftMs = longestMs;
        while (answered < sent.size() && leftMs > 0) {
            wait(leftMs);
            leftMs = (endNanos - System.nanoTime()) / NANOS_PER_MS;
        }
        return answered == sent.size();
    }

    /** Returns how many records have a result. */
    synchronized int answered() {
        return answered;
    }

    /** Returns why a record could not be sent, if one could not. */
    synchronized Optional<String> sendFailure() {
        return Optional.ofNullable(sendFailure);
    }

    /**
     * Returns the figures so far.
     *
     * @param batches of the pipeline
     */
    synchronized DemoSummary summary(DemoSummary.Batches batches) {
        boolean exactlyOnce = strangers == 0
                && unclaimed.isEmpty()
                && sendFailure == null
                && sent.stream().allMatch(entry -> entry.results == 1);
        double seconds = Math.max(1e-9, (lastResultNanos - firstSentNanos) / 1e9);
        return new DemoSummary(
                new DemoSummary.Counts(sent.size(), labelled, refusedByReason, exactlyOnce),
                labelled + refused == 0 ? 0 : (labelled + refused) / seconds,
                new DemoSummary.Latency(millis(50), millis(95), millis(99)),
                batches);
    }

    private double millis(double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1000.0;
    }
}
