package dev.glosstream.app.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What a comparison found.
 *
 * @param machine what it ran on, by name
 * @param settings what was measured, by name
 * @param throughput every round of each row
 * @param latency by load
 * @param scaling one thing changed at a time
 * @param growth more events, and longer texts
 * @param failures runs that failed; they are in none of the others
 */
public record BenchReport(
        Map<String, String> machine,
        Map<String, String> settings,
        Map<BenchRow, List<Throughput>> throughput,
        List<Latency> latency,
        List<Scaled> scaling,
        List<Scaled> growth,
        List<Failed> failures) {

    /** Median, least and greatest of some rounds. */
    record Spread(double median, double least, double greatest) {
        static Spread of(List<Throughput> rounds, ToDoubleFunction<Throughput> figure) {
            double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
            int middle = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }
    }

    /** Returns the spread of a figure of a row, if the row was run. */
    Optional<Spread> spread(BenchRow row, ToDoubleFunction<Throughput> figure) {
        return Optional.ofNullable(throughput.get(row)).map(rounds -> Spread.of(rounds, figure));
    }

    /** Returns the median of the events per second of a row, if the row was run. */
    public OptionalDouble median(BenchRow row) {
        return spread(row, Throughput::eventsPerSecond)
                .map(spread -> OptionalDouble.of(spread.median()))
                .orElseGet(OptionalDouble::empty);
    }

    /** Returns how many times faster, in events per second and medians, one row is than others, where both were run. */
    @JsonProperty("ratios")
    public Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (BenchRow other : BenchRow.values()) {
            if (other != BenchRow.END_TO_END && other.isComparable()) {
                put(ratios, BenchRow.END_TO_END, other);
            }
        }
        put(ratios, BenchRow.CEILING_BF16, BenchRow.CEILING_FP32);
        put(ratios, BenchRow.ENTITIES_END_TO_END, BenchRow.CORENLP);
        return ratios;
    }

    private void put(Map<String, Double> ratios, BenchRow one, BenchRow other) {
        Optional<Spread> first = spread(one, Throughput::eventsPerSecond);
        Optional<Spread> second = spread(other, Throughput::eventsPerSecond);
        if (first.isPresent() && second.isPresent()) {
            ratios.put(
                    one.code() + " / " + other.code(),
                    first.get().median() / second.get().median());
        }
    }

    /** Returns the lines of the table for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!throughput.isEmpty()) {
            lines.add(String.format(
                    "%-26s %22s %12s %10s %9s %8s %9s %10s",
                    "row", "events/s (spread)", "tokens/s", "CPU µs", "MB", "padding", "prepare", "heap KB"));
        }
        throughput.forEach((row, rounds) -> lines.add(line(row, rounds)));
        ratios().forEach((name, ratio) -> lines.add(String.format("%-52s %8.2f", name, ratio)));
        if (!latency.isEmpty()) {
            lines.add(String.format(
                    "%-26s %10s %8s %8s %8s %8s %8s",
                    "latency in ms", "events/s", "p50", "p95", "p99", "p99.9", "max"));
        }
        latency.forEach(each -> lines.add(String.format(
                "%-26s %10.1f %8.1f %8.1f %8.1f %8.1f %8.1f",
                each.load(), each.eventsPerSecond(), each.p50(), each.p95(), each.p99(), each.p999(), each.longest())));
        scaling.forEach(each -> lines.add(String.format(
                "%-26s %,22.0f %,12.0f %,10.0f %,9d %8.3f",
                each.what() + " " + each.value(),
                each.throughput().eventsPerSecond(),
                each.throughput().tokensPerSecond(),
                each.throughput().cpuMicrosPerEvent(),
                each.throughput().residentBytes() >> 20,
                each.throughput().paddingRatio())));
        addGrowth(lines);
        failures.forEach(failed -> lines.add("FAILED: " + failed.what() + ": " + failed.why()));
        return lines;
    }

    private void addGrowth(List<String> lines) {
        if (!growth.isEmpty()) {
            lines.add(String.format(
                    "%-26s %10s %11s %12s %10s %12s %9s %8s %9s %10s",
                    "cost as work grows",
                    "events",
                    "events/s",
                    "tokens/s",
                    "CPU µs",
                    "CPU µs/token",
                    "MB",
                    "padding",
                    "prepare",
                    "heap KB"));
        }
        growth.forEach(each -> lines.add(String.format(
                "%-26s %,10d %,11.0f %,12.0f %,10.0f %,12.2f %,9d %8.3f %9s %10s",
                String.format("%s %,d", each.what(), each.value()),
                each.throughput().events(),
                each.throughput().eventsPerSecond(),
                each.throughput().tokensPerSecond(),
                each.throughput().cpuMicrosPerEvent(),
                each.throughput().cpuMicrosPerToken(),
                each.throughput().residentBytes() >> 20,
                each.throughput().paddingRatio(),
                known("%.1f %%", 100 * each.throughput().prepareShare()),
                known("%,.1f", each.throughput().inside().allocatedBytes() / 1024))));
    }

    /** Returns a figure, or nothing where it is not known. */
    private static String known(String format, double figure) {
        return figure > 0 ? String.format(format, figure) : "";
    }

    private static String line(BenchRow row, List<Throughput> rounds) {
        Spread events = Spread.of(rounds, Throughput::eventsPerSecond);
        return String.format(
                "%-26s %,8.0f (%,5.0f-%,5.0f) %,12.0f %,10.0f %,9.0f %8.3f %9s %10s",
                row.code(),
                events.median(),
                events.least(),
                events.greatest(),
                Spread.of(rounds, Throughput::tokensPerSecond).median(),
                Spread.of(rounds, Throughput::cpuMicrosPerEvent).median(),
                Spread.of(rounds, each -> (double) (each.residentBytes() >> 20)).median(),
                Spread.of(rounds, Throughput::paddingRatio).median(),
                known(
                        "%.1f %%",
                        100 * Spread.of(rounds, Throughput::prepareShare).median()),
                known(
                        "%,.1f",
                        Spread.of(rounds, each -> each.inside().allocatedBytes())
                                        .median()
                                / 1024));
    }
}
