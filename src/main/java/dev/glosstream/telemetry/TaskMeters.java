package dev.glosstream.telemetry;

import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Task;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The meters of one task's model, looked up once. Any thread. */
final class TaskMeters {
    private static final String TASK = "task";
    private static final Duration[] INFERENCE_TIMES = millis(1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500);
    private static final double[] BATCH_SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};
    private static final double[] PADDING_RATIOS = {1, 1.05, 1.1, 1.2, 1.35, 1.5, 2, 3, 5};

    private final List<LabelCounter> labels;
    private final Timer[] inference;
    private final DistributionSummary batchSize;
    private final DistributionSummary paddingRatio;
    private final Counter realTokens;
    private final Counter paddedTokens;

    /** A label and how often it was given. */
    private record LabelCounter(String label, Counter counter) {}

    TaskMeters(MeterRegistry registry, ModelBundle bundle) {
        Task task = bundle.task();
        this.labels = names(bundle).stream()
                .map(label -> new LabelCounter(label, label(registry, task, label)))
                .toList();
        this.inference = IntStream.range(0, LengthClass.COUNT)
                .mapToObj(length -> inference(registry, task, length))
                .toArray(Timer[]::new);
        this.batchSize = summary(registry, "glosstream.batch.size", task, BATCH_SIZES, "Texts of a batch.");
        this.paddingRatio = summary(
                registry,
                "glosstream.batch.padding.ratio",
                task,
                PADDING_RATIOS,
                "Cells of a batch divided by its real tokens: 1 is no padding.");
        this.realTokens =
                counter(registry, "glosstream.tokens.real", task, "Tokens that a model read, without padding.");
        this.paddedTokens =
                counter(registry, "glosstream.tokens.padded", task, "Cells that a model read: tokens and padding.");
    }

    private static List<String> names(ModelBundle bundle) {
        List<String> labels = bundle.manifest().labels();
        return bundle.task() == Task.ENTITIES ? BioTagSet.of(labels).entityTypes() : labels;
    }

    private static Counter label(MeterRegistry registry, Task task, String label) {
        return Counter.builder("glosstream.labels")
                .description("Labels given: sentiments by class, entities by type.")
                .tag(TASK, task.code())
                .tag("label", label)
                .register(registry);
    }

    private static Timer inference(MeterRegistry registry, Task task, int length) {
        return Timer.builder("glosstream.inference")
                .description("Time of a model for one batch, by the padded length of the batch in tokens.")
                .tag(TASK, task.code())
                .tag("length", LengthClass.name(length))
                .serviceLevelObjectives(INFERENCE_TIMES)
                .register(registry);
    }

    private static DistributionSummary summary(
            MeterRegistry registry, String name, Task task, double[] bounds, String description) {
        return DistributionSummary.builder(name)
                .description(description)
                .tag(TASK, task.code())
                .serviceLevelObjectives(bounds)
                .register(registry);
    }

    private static Counter counter(MeterRegistry registry, String name, Task task, String description) {
        return Counter.builder(name)
                .description(description)
                .tag(TASK, task.code())
                .register(registry);
    }

    /** Returns durations of so many milliseconds each. */
    static Duration[] millis(double... milliseconds) {
        return IntStream.range(0, milliseconds.length)
                .mapToObj(index -> Duration.ofNanos((long) (milliseconds[index] * 1_000_000)))
                .toArray(Duration[]::new);
    }

    /** Counts a label; one that the model does not name is not counted. */
    void label(String label) {
        // A handful of them: walking is quicker than hashing, and the strings are most often the very same objects.
        for (int index = 0; index < labels.size(); index++) {
            LabelCounter known = labels.get(index);
            if (known.label().equals(label)) {
                known.counter().increment();
                return;
            }
        }
    }

    /** Notes a batch. */
    void batch(int rows, int paddedLength, long real, long nanos) {
        long cells = (long) rows * paddedLength;
        inference[LengthClass.of(paddedLength)].record(nanos, TimeUnit.NANOSECONDS);
        batchSize.record(rows);
        paddingRatio.record((double) cells / real);
        realTokens.increment((double) real);
        paddedTokens.increment((double) cells);
    }
}
