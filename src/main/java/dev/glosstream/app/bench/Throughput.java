package dev.glosstream.app.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What one process did with one load.
 *
 * @param events results that were counted
 * @param tokens of their texts
 * @param seconds in which they came
 * @param cpuSeconds processor time of the process in that span, all threads
 * @param residentBytes the most memory that it had resident; 0 if not known
 * @param paddingRatio cells that the models read, divided by real tokens; 0 if it has no batches or does not tell
 * @param readySeconds from its start until it said that it is ready; 0 if it does not tell
 * @param inside what it measured of itself
 */
public record Throughput(
        long events,
        long tokens,
        double seconds,
        double cpuSeconds,
        long residentBytes,
        double paddingRatio,
        double readySeconds,
        Inside inside) {

    /**
     * What a process measured of itself; each 0 if it does not tell.
     *
     * @param prepareCpuMicros processor time of checking a text, cutting it into tokens, and looking them up in the
     *     vocabularies of all models, per event: of the threads that did it, without garbage collection and compilation
     * @param allocatedBytes what the threads that prepare and label (of a pipeline: the stream threads, so Kafka's part of them
     *     too) allocated on the Java heap, per event
     */
    public record Inside(double prepareCpuMicros, double allocatedBytes) {
        /** Of a process that tells nothing. */
        public static final Inside UNKNOWN = new Inside(0, 0);
    }

    /** How a process without metrics begins the line in which it tells its padding ratio, when it is stopped. */
    public static final String PADDING = "padding ratio ";

    /** Returns this with the padding ratio that a process printed, if it did. */
    Throughput withPaddingOf(List<String> printed) {
        return printed.stream()
                .filter(line -> line.startsWith(PADDING))
                .map(line -> new Throughput(
                        events,
                        tokens,
                        seconds,
                        cpuSeconds,
                        residentBytes,
                        Double.parseDouble(line.substring(PADDING.length())),
                        readySeconds,
                        inside))
                .findFirst()
                .orElse(this);
    }

    /** Returns results per second. */
    @JsonProperty("eventsPerSecond")
    public double eventsPerSecond() {
        return events / seconds;
    }

    /** Returns tokens per second. */
    @JsonProperty("tokensPerSecond")
    public double tokensPerSecond() {
        return tokens / seconds;
    }

    /** Returns processor time per result, in microseconds. */
    @JsonProperty("cpuMicrosPerEvent")
    public double cpuMicrosPerEvent() {
        return 1e6 * cpuSeconds / events;
    }

    /**
     * Returns which part of the processor time went into {@link Inside#prepareCpuMicros preparing}: of the time of all threads
     * of the process, from reading a record to its committed result; 0 if it is not known.
     */
    @JsonProperty("prepareShare")
    public double prepareShare() {
        return cpuSeconds > 0 ? inside.prepareCpuMicros() / cpuMicrosPerEvent() : 0;
    }

    /** Returns processor time per token, in microseconds. */
    @JsonProperty("cpuMicrosPerToken")
    public double cpuMicrosPerToken() {
        return 1e6 * cpuSeconds / tokens;
    }
}
