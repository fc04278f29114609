package dev.glosstream.app.bench;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What pipelines have counted since they started, read from their metrics.
 *
 * @param values one for each of the names, summed over series and instances
 */
record PipelineCounters(List<Double> values) {
    private static final List<String> NAMES = List.of(
            "glosstream_tokens_real_total",
            "glosstream_tokens_padded_total",
            "glosstream_prepare_cpu_seconds_sum",
            "glosstream_prepare_cpu_seconds_count",
            "glosstream_stream_threads_allocated_bytes_total",
            "glosstream_events_labelled_total");

    /** Copies the values. */
    PipelineCounters {
        values = List.copyOf(values);
    }

    /** Reads those of the subjects that have metrics. */
    static PipelineCounters of(List<Subject> subjects) throws InterruptedException {
        PipelineCounters all =
                new PipelineCounters(NAMES.stream().map(name -> 0.0).toList());
        for (Subject subject : subjects) {
            if (subject.metricsPort().isPresent()) {
                all = all.plus(
                        1, GlosstreamSubject.counters(subject.metricsPort().getAsInt(), NAMES));
            }
        }
        return all;
    }

    private PipelineCounters plus(int sign, List<Double> others) {
        return new PipelineCounters(IntStream.range(0, values.size())
                .mapToObj(index -> values.get(index) + sign * others.get(index))
                .toList());
    }

    /** Returns what was counted since another moment. */
    PipelineCounters since(PipelineCounters earlier) {
        return plus(-1, earlier.values());
    }

    /**
     * Returns cells divided by real tokens, at least 1; 0 if no batch was scored.
     *
     * <p>The two are counted and read one after the other, so a batch that ends meanwhile may be in one of them alone, at
     * either of two moments. No batch has fewer cells than tokens: less than 1 is that, and means 1.
     */
    double paddingRatio() {
        return values.get(0) > 0 ? Math.max(1, ratio(1, 0)) : 0;
    }

    /** Returns what the pipelines spent on an event. */
    Throughput.Inside inside() {
        return new Throughput.Inside(1e6 * ratio(2, 3), ratio(4, 5));
    }

    private double ratio(int counter, int divisor) {
        return values.get(divisor) > 0 ? values.get(counter) / values.get(divisor) : 0;
    }
}
