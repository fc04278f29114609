package dev.glosstream.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.infer.TinyBundles;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineMetricsTest {
    @TempDir
    private static Path folder;

    private static List<TaskModel> models = List.of();

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final AtomicLong cpuNanos = new AtomicLong(1);
    private final PipelineMetrics metrics = new PipelineMetrics(registry, models, cpuNanos::get);

    @BeforeAll
    static void writeBundles() {
        models = List.of(model("sentiment", Task.SENTIMENT), model("entities", Task.ENTITIES));
    }

    private static TaskModel model(String name, Task task) {
        return new TaskModel(TinyBundles.write(folder.resolve(name), task), () -> {
            throw new IllegalStateException("nobody scores here");
        });
    }

    @Test
    void shouldCountLabelsByTaskAndClass() {
        metrics.textLabelled(new Labels(
                Optional.of(new Sentiment("positive", 0.9, Map.of("positive", 0.9, "negative", 0.1))),
                Optional.of(
                        List.of(new Entity("PER", 0, 4, 1), new Entity("LOC", 5, 9, 1), new Entity("PER", 10, 12, 1))),
                3,
                false));

        assertThat(labels("sentiment", "positive")).isEqualTo(1);
        assertThat(labels("sentiment", "negative")).isZero();
        assertThat(labels("entities", "PER")).isEqualTo(2);
        assertThat(labels("entities", "LOC")).isEqualTo(1);
    }

    @Test
    void shouldTakeTheProcessorTimeOfAFourthOfTheTexts() {
        for (int text = 0; text < 10_000; text++) {
            long mark = metrics.preparing();
            cpuNanos.addAndGet(2_000);
            metrics.prepared(mark);
            cpuNanos.addAndGet(1_000_000);
        }

        Timer preparation = registry.get("glosstream.prepare.cpu").timer();
        // Ten standard deviations of a binomial distribution.
        assertThat(preparation.count()).isBetween(2_500L - 433, 2_500L + 433);
        assertThat(preparation.mean(TimeUnit.NANOSECONDS)).isEqualTo(2_000);
    }

    @Test
    void shouldTimeABatchByItsPaddedLength() {
        PaddedBatch batch = new PaddedBatch(List.of(ids(3), ids(12)));

        long mark = metrics.scoring();
        clock.add(7, TimeUnit.MILLISECONDS);
        metrics.scored(Set.of(Task.ENTITIES), batch, 15, mark);

        assertThat(registry.get("glosstream.inference")
                        .tags("task", "entities", "length", "9-16")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(7);
        assertThat(registry.get("glosstream.batch.padding.ratio")
                        .tag("task", "entities")
                        .summary()
                        .max())
                .isEqualTo(24 / 15.0);
        assertThat(registry.get("glosstream.tokens.real")
                        .tag("task", "entities")
                        .counter()
                        .count())
                .isEqualTo(15);
        assertThat(registry.get("glosstream.tokens.padded")
                        .tag("task", "entities")
                        .counter()
                        .count())
                .isEqualTo(24);
        assertThat(registry.get("glosstream.batch.size")
                        .tag("task", "entities")
                        .summary()
                        .totalAmount())
                .isEqualTo(2);
    }

    @Test
    void shouldCountDeadLettersByReasonAndNoLatencyBelowZero() {
        metrics.refused(RejectionReason.BLANK_TEXT, -5000);
        metrics.labelled(40);

        assertThat(registry.get("glosstream.dead.letters")
                        .tag("reason", "blank-text")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("glosstream.event.latency").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(40);
        assertThat(registry.get("glosstream.event.latency").timer().count()).isEqualTo(2);
    }

    @Test
    void shouldHaveASeriesOfEachReasonFromTheStart() {
        assertThat(registry.get("glosstream.dead.letters").counters()).hasSize(RejectionReason.values().length);
    }

    @Test
    void shouldCountWhatSeveralThreadsDoAndOutliveThem() throws InterruptedException {
        int each = 5_000;
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            threads.add(new Thread(() -> {
                for (int event = 0; event < each; event++) {
                    metrics.received();
                    metrics.waited(3);
                    metrics.scored(Set.of(Task.SENTIMENT), new PaddedBatch(List.of(ids(2))), 2, metrics.scoring());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(registry.get("glosstream.events.received").counter().count()).isEqualTo(8.0 * each);
        assertThat(registry.get("glosstream.window.wait").timer().count()).isEqualTo(8L * each);
        assertThat(registry.get("glosstream.tokens.real")
                        .tag("task", "sentiment")
                        .counter()
                        .count())
                .isEqualTo(16.0 * each);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1-8",
        "8, 1-8",
        "9, 9-16",
        "16, 9-16",
        "17, 17-32",
        "32, 17-32",
        "33, 33-64",
        "128, 65-128",
        "129, 129-256",
        "512, 257-512",
        "513, 513+",
        "4096, 513+"
    })
    void shouldPutALengthIntoItsClass(int length, String name) {
        assertThat(LengthClass.name(LengthClass.of(length))).isEqualTo(name);
    }

    private double labels(String task, String label) {
        return registry.get("glosstream.labels")
                .tags("task", task, "label", label)
                .counter()
                .count();
    }

    private static TokenIds ids(int length) {
        return new TokenIds(length, new int[][] {new int[length]});
    }
}
