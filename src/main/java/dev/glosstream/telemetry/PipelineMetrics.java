package dev.glosstream.telemetry;

import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Task;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The meters of a pipeline: {@code glosstream_…} of docs/metrics.md.
 *
 * <p>All of them are made at once, so that a series is there from the start with 0, and none is looked up by name while
 * records flow. They belong to no thread: one that is replaced takes nothing with it. Any thread.
 */
public final class PipelineMetrics implements PipelineListener {
    private static final Duration[] LATENCIES =
            TaskMeters.millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000);
    private static final Duration[] WAITS =
            TaskMeters.millis(1, 2.5, 5, 10, 20, 40, 80, 160, 320, 1_000, 5_000, 60_000);
    /** Of so many texts, the time of one is taken: asking for the time of a thread takes nearly a microsecond. */
    private static final int TEXTS_PER_SAMPLE = 4;

    private static final double[] WINDOW_SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096};

    private final Clock clock;
    private final LongSupplier threadCpuNanos;
    private final Counter received;
    private final Counter labelled;
    private final Map<RejectionReason, Counter> deadLetters = new EnumMap<>(RejectionReason.class);
    private final Map<Task, TaskMeters> tasks = new EnumMap<>(Task.class);
    private final Timer latency;
    private final Timer wait;
    private final Timer preparation;
    private final DistributionSummary windowSize;

    /**
     * Makes the meters.
     *
     * @param registry where they are registered; its clock times inference
     * @param models the models at work, one per task
     * @param threadCpuNanos processor time of the thread that asks, greater than 0; asked twice for one text of {@value
     *     #TEXTS_PER_SAMPLE}
     */
    public PipelineMetrics(MeterRegistry registry, List<TaskModel> models, LongSupplier threadCpuNanos) {
        this.threadCpuNanos = threadCpuNanos;
        this.preparation = Timer.builder("glosstream.prepare.cpu")
                .description(
                        "Processor time of checking, tokenizing and looking up one text, of a sample of the texts.")
                .register(registry);
        this.clock = registry.config().clock();
        this.received = Counter.builder("glosstream.events.received")
                .description("Records read from input topics.")
                .register(registry);
        this.labelled = Counter.builder("glosstream.events.labelled")
                .description("Records labelled.")
                .register(registry);
        for (RejectionReason reason : RejectionReason.values()) {
            deadLetters.put(
                    reason,
                    Counter.builder("glosstream.dead.letters")
                            .description("Records refused, by reason.")
                            .tag("reason", reason.code())
                            .register(registry));
        }
        this.latency =
                timer(registry, "glosstream.event.latency", LATENCIES, "From a record's timestamp to its results.");
        this.wait = timer(registry, "glosstream.window.wait", WAITS, "Time of a record in its window.");
        this.windowSize = DistributionSummary.builder("glosstream.window.size")
                .description("Texts of a window when it was closed.")
                .serviceLevelObjectives(WINDOW_SIZES)
                .register(registry);
        models.forEach(model -> add(registry, model));
    }

    private static Timer timer(MeterRegistry registry, String name, Duration[] bounds, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(bounds)
                .register(registry);
    }

    private void add(MeterRegistry registry, TaskModel model) {
        ModelBundle bundle = model.bundle();
        tasks.put(bundle.task(), new TaskMeters(registry, bundle));
        ModelManifest manifest = bundle.manifest();
        Gauge.builder("glosstream.model.info", () -> 1)
                .description("The model at work for a task; always 1.")
                .tag("task", bundle.task().code())
                .tag("name", manifest.name())
                .tag("version", manifest.version())
                .tag("format", manifest.weights().format())
                .tag("precision", model.precision().code())
                .register(registry);
    }

    @Override
    public void received() {
        received.increment();
    }

    @Override
    public long preparing() {
        return ThreadLocalRandom.current().nextInt(TEXTS_PER_SAMPLE) == 0 ? threadCpuNanos.getAsLong() : 0;
    }

    @Override
    public void prepared(long mark) {
        if (mark > 0) {
            preparation.record(threadCpuNanos.getAsLong() - mark, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void windowClosed(int texts) {
        windowSize.record(texts);
    }

    @Override
    public void waited(long waitMs) {
        wait.record(waitMs, TimeUnit.MILLISECONDS);
    }

    @Override
    public long scoring() {
        return clock.monotonicTime();
    }

    @Override
    public void scored(Set<Task> together, PaddedBatch batch, long realTokens, long mark) {
        // Each has its share of the time, so that the times of all tasks add up to what was spent.
        long nanos = (clock.monotonicTime() - mark) / together.size();
        for (Task task : together) {
            TaskMeters meters = tasks.get(task);
            if (meters != null) {
                meters.batch(batch.batchSize(), batch.paddedLength(), realTokens, nanos);
            }
        }
    }

    @Override
    public void labelled(long latencyMs) {
        labelled.increment();
        latency.record(Math.max(0, latencyMs), TimeUnit.MILLISECONDS);
    }

    @Override
    public void textLabelled(Labels labels) {
        TaskMeters sentiment = tasks.get(Task.SENTIMENT);
        if (sentiment != null && labels.sentiment().isPresent()) {
            sentiment.label(labels.sentiment().get().label());
        }
        TaskMeters entities = tasks.get(Task.ENTITIES);
        if (entities != null && labels.entities().isPresent()) {
            for (Entity entity : labels.entities().get()) {
                entities.label(entity.type());
            }
        }
    }

    @Override
    public void refused(RejectionReason reason, long latencyMs) {
        latency.record(Math.max(0, latencyMs), TimeUnit.MILLISECONDS);
        Counter counter = deadLetters.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }
}
