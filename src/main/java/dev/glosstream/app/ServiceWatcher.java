package dev.glosstream.app;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.jspecify.annotations.Nullable;

/** Passes the life of a pipeline on to its health, its metrics and its log. Any thread. */
final class ServiceWatcher implements PipelineWatcher {
    private static final int MOST_NAMED = 20;

    private final String applicationId;
    private final PipelineHealth health;
    private final RunMetrics metrics;
    private final long openedNanos;
    private final AtomicBoolean hasRun = new AtomicBoolean();
    private final AtomicReference<@Nullable KafkaStreams> waiting = new AtomicReference<>();

    ServiceWatcher(String applicationId, PipelineHealth health, RunMetrics metrics, long openedNanos) {
        this.applicationId = applicationId;
        this.health = health;
        this.metrics = metrics;
        this.openedNanos = openedNanos;
    }

    @Override
    public void created(KafkaStreams streams) {
        waiting.set(streams);
    }

    /** Once there are tasks: their metrics would otherwise show a minute later. */
    private void bindMetrics() {
        KafkaStreams streams = waiting.getAndSet(null);
        if (streams != null) {
            metrics.bind(streams);
        }
    }

    @Override
    public void onState(State state, List<String> partitions) {
        health.streamsAre(state);
        String name = state.name().toLowerCase(Locale.ROOT);
        String sentence = applicationId + " is " + name;
        if (state == State.RUNNING) {
            bindMetrics();
            sentence += ", partitions assigned: " + named(partitions) + firstTime();
        }
        LifeLog.event("state", Map.of("state", name, "partitions", partitions.size()), sentence);
    }

    private static String named(List<String> partitions) {
        if (partitions.isEmpty()) {
            return "none";
        }
        int rest = partitions.size() - MOST_NAMED;
        return String.join(", ", partitions.subList(0, Math.min(MOST_NAMED, partitions.size())))
                + (rest > 0 ? " and " + rest + " more" : "");
    }

    private String firstTime() {
        if (hasRun.getAndSet(true)) {
            return "";
        }
        Duration total = Duration.ofNanos(System.nanoTime() - openedNanos);
        metrics.started("total", total);
        return "; " + LifeLog.seconds(total) + " after the start";
    }

    @Override
    public void onFault(Throwable fault) {
        health.brokenBy(fault);
        LifeLog.fault(
                "fault",
                Map.of("fault", fault.getClass().getSimpleName()),
                applicationId + " stops: " + fault.getClass().getSimpleName()
                        + "; nothing is committed, nothing is lost",
                fault);
    }
}
