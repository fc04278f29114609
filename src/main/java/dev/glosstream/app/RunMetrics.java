package dev.glosstream.app;

import dev.glosstream.app.process.ResidentMemory;
import dev.glosstream.app.process.ThreadSpending;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.telemetry.PipelineMetrics;
import dev.glosstream.web.Answer;
import dev.glosstream.web.Query;
import dev.glosstream.web.Route;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of this process, in Prometheus' words: the pipeline's own, those of Kafka Streams and its clients, and those of
 * the Java machine.
 *
 * <p>Any thread.
 */
final class RunMetrics implements AutoCloseable {
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final String OPEN_METRICS_FULL = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    /** In the name that Kafka Streams gives to each of its threads. */
    private static final String STREAM_THREAD = "-StreamThread-";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Deque<AutoCloseable> binders = new ConcurrentLinkedDeque<>();
    /** The registry itself holds it weakly. */
    private final ThreadSpending streamThreads = new ThreadSpending(STREAM_THREAD);

    private final AtomicReference<@Nullable ConsumerLag> lag = new AtomicReference<>();

    /** Creates the metrics of the Java machine and of its memory. */
    RunMetrics() {
        JvmGcMetrics collections = new JvmGcMetrics();
        binders.push(collections);
        List<MeterBinder> machine = List.of(
                collections,
                new JvmMemoryMetrics(),
                new JvmThreadMetrics(),
                new JvmInfoMetrics(),
                new ClassLoaderMetrics(),
                new ProcessorMetrics(),
                new FileDescriptorMetrics(),
                new UptimeMetrics());
        machine.forEach(binder -> binder.bindTo(registry));
        Gauge.builder("glosstream.memory.resident", ResidentMemory::bytes)
                .description(
                        "Memory of this process that is in RAM: Java heap, native memory, code. Linux alone; else 0.")
                .baseUnit("bytes")
                .register(registry);
        Gauge.builder("glosstream.memory.native", ResidentMemory::nativeBytes)
                .description(
                        "Resident memory less what Java has committed (heap, metaspace, code, direct buffers): mostly"
                                + " libtorch, weights and allocators. Too low while committed memory is untouched; never negative.")
                .baseUnit("bytes")
                .register(registry);
        countAllocation();
    }

    private void countAllocation() {
        FunctionCounter.builder("glosstream.stream.threads.allocated", streamThreads, ThreadSpending::allocatedBytes)
                .description("Bytes that the stream threads have allocated on the Java heap, as of the last look.")
                .baseUnit("bytes")
                .register(registry);
    }

    /** Adds whether the pipeline is ready, 1 or 0. */
    void ready(BooleanSupplier ready) {
        Gauge.builder("glosstream.ready", () -> ready.getAsBoolean() ? 1 : 0)
                .description("1 while /health/ready says so, else 0.")
                .register(registry);
    }

    /**
     * Adds how long a part of the start took.
     *
     * @param phase {@code load}, {@code warm-up} or {@code total}
     */
    void started(String phase, Duration took) {
        TimeGauge.builder("glosstream.start", took::toNanos, TimeUnit.NANOSECONDS)
                .description("Time that a part of the start took.")
                .tag("phase", phase)
                .register(registry);
    }

    /** Adds the meters of a pipeline of these models, and returns who feeds them. */
    PipelineListener pipeline(List<TaskModel> models) {
        return new PipelineMetrics(registry, models, ThreadSpending::cpuNanos);
    }

    /**
     * Adds the metrics of Kafka Streams and of its clients. Those that come and go with threads, tasks and partitions are
     * looked for again each minute; the lag at each scrape.
     */
    void bind(KafkaStreams streams) {
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        binders.push(metrics);
        lag.set(new ConsumerLag(streams, registry));
    }

    /** Returns {@code /metrics}: OpenMetrics for who asks for it, else Prometheus' own text. */
    Route route() {
        return Route.get("/metrics", this::scrape);
    }

    private Answer scrape(Query query) {
        boolean open =
                query.wanted().filter(accept -> accept.contains(OPEN_METRICS)).isPresent();
        String type = open ? OPEN_METRICS_FULL : PROMETHEUS;
        ConsumerLag known = lag.get();
        if (known != null) {
            known.refresh();
        }
        return Answer.written(type, out -> registry.scrape(out, type));
    }

    /** Stops to watch; what was counted is gone. */
    @Override
    public void close() {
        while (!binders.isEmpty()) {
            try {
                binders.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("metrics: expected to close, got " + e.getMessage(), e);
            }
        }
        registry.close();
    }
}
