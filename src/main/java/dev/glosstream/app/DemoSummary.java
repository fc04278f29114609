package dev.glosstream.app;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a demo.
 *
 * @param counts of records
 * @param eventsPerSecond results per second, from the first record sent to the last result read
 * @param latency from sending a record to reading its committed result
 * @param batches of the models
 */
record DemoSummary(Counts counts, double eventsPerSecond, Latency latency, Batches batches) {

    /**
     * Records in and out.
     *
     * @param in records sent
     * @param labelled enriched events read
     * @param refused dead letters read, by reason
     * @param exactlyOnce whether every record sent has exactly one result, and nothing else came
     */
    record Counts(int in, int labelled, Map<String, Integer> refused, boolean exactlyOnce) {
        /** Copies the reasons, sorted. */
        Counts {
            refused = Collections.unmodifiableMap(new TreeMap<>(refused));
        }

        int deadLetters() {
            return refused.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Percentiles in milliseconds. */
    record Latency(double p50, double p95, double p99) {}

    /**
     * What went through the models.
     *
     * @param count batches
     * @param meanFill mean number of texts in one
     * @param paddingRatio cells ÷ real tokens, at least 1
     */
    record Batches(long count, double meanFill, double paddingRatio) {}

    /** Returns whether in = labelled + dead-lettered, each exactly once. */
    boolean isComplete() {
        return counts.exactlyOnce() && counts.in() == counts.labelled() + counts.deadLetters();
    }

    /** Returns the lines for a person. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "events in      %,9d", counts.in()));
        lines.add(String.format(Locale.ROOT, "labelled       %,9d", counts.labelled()));
        List<String> reasons = new ArrayList<>();
        counts.refused().forEach((reason, count) -> reasons.add(reason + " " + count));
        lines.add(
                String.format(Locale.ROOT, "dead letters   %,9d   %s", counts.deadLetters(), String.join(", ", reasons))
                        .stripTrailing());
        lines.add("exactly once   " + String.format("%9s", isComplete() ? "yes" : "NO"));
        lines.add(String.format(Locale.ROOT, "events/s       %,9.0f", eventsPerSecond));
        lines.add(String.format(
                Locale.ROOT,
                "latency        %,9.0f   ms p50, %,.0f ms p95, %,.0f ms p99, from sent to committed and read",
                latency.p50(),
                latency.p95(),
                latency.p99()));
        lines.add(String.format(
                Locale.ROOT,
                "batches        %,9d   mean fill %.1f texts, padding ratio %.2f",
                batches.count(),
                batches.meanFill(),
                batches.paddingRatio()));
        return lines;
    }

    /** Returns the figures as one line of JSON: {@code {"summary": {…}}}. */
    String json() {
        return ResultJson.write(json -> {
            json.writeStartObject();
            json.writeObjectFieldStart("summary");
            writeCounts(json);
            ResultJson.writeDecimal(json, "eventsPerSecond", eventsPerSecond);
            json.writeObjectFieldStart("latencyMs");
            ResultJson.writeDecimal(json, "p50", latency.p50());
            ResultJson.writeDecimal(json, "p95", latency.p95());
            ResultJson.writeDecimal(json, "p99", latency.p99());
            json.writeEndObject();
            json.writeNumberField("batches", batches.count());
            ResultJson.writeDecimal(json, "meanFill", batches.meanFill());
            ResultJson.writeDecimal(json, "paddingRatio", batches.paddingRatio());
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private void writeCounts(JsonGenerator json) throws IOException {
        json.writeNumberField("in", counts.in());
        json.writeNumberField("labelled", counts.labelled());
        json.writeObjectFieldStart("deadLetters");
        for (Map.Entry<String, Integer> reason : counts.refused().entrySet()) {
            json.writeNumberField(reason.getKey(), reason.getValue());
        }
        json.writeEndObject();
        json.writeBooleanField("exactlyOnce", isComplete());
    }
}
