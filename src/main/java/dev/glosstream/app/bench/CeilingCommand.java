package dev.glosstream.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.app.process.ProcessorTime;
import dev.glosstream.app.process.ResidentMemory;
import dev.glosstream.app.process.ThreadSpending;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.infer.EngineSettings;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.pipeline.TextLabeller;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The process of the ceiling: texts in memory, sorted by length, from text to labels on all cores, at the best batch size;
 * no Kafka. Prints one line of JSON.
 */
@Command(name = "bench-ceiling", hidden = true, description = "Measures the ceiling of 'bench'; started by it.")
public final class CeilingCommand implements Callable<Integer> {
    private static final List<Integer> BUDGETS = List.of(512, 1024, 2048, 4096, 8192);
    private static final int TRIED_TEXTS = 2048;
    private static final int WINDOW = 512;
    private static final LimitSettings NO_LIMITS = new LimitSettings(1_000_000, 64 << 20);

    @Option(names = "--texts", required = true, description = "JSON list of texts.")
    private Path texts = Path.of("");

    @Mixin
    private ModelOptions models = new ModelOptions();

    /** Creates the command. */
    public CeilingCommand() {}

    /**
     * What was measured.
     *
     * @param seconds from the first text to the last labels
     * @param cpuSeconds of the process in that time
     * @param prepareCpuSeconds of it checking, tokenizing, looking up
     * @param networkSeconds of the time in the models, summed over threads
     * @param prepareBytes allocated on the heap to check, tokenize, look up
     * @param labelBytes allocated on the heap to plan batches, score and decode
     * @param residentBytes the most memory that the process had resident
     * @param tokenBudget the best of those tried
     * @param paddingRatio cells divided by real tokens
     */
    record Answer(
            double seconds,
            double cpuSeconds,
            double prepareCpuSeconds,
            double networkSeconds,
            long prepareBytes,
            long labelBytes,
            long residentBytes,
            int tokenBudget,
            double paddingRatio) {
        /** Returns what the process spent on an event. */
        Throughput.Inside inside(int events) {
            return new Throughput.Inside(
                    1e6 * prepareCpuSeconds / events, (double) (prepareBytes + labelBytes) / events);
        }
    }

    @Override
    public Integer call() throws IOException {
        EngineSettings.forServing();
        List<LoadedModel> loaded = models.folders().stream()
                .map(ModelBundle::open)
                .map(bundle -> LoadedModel.load(bundle, DeviceChoice.CPU, models.precision()))
                .toList();
        List<TaskModel> tasks = loaded.stream().map(TaskModel::of).toList();
        List<String> all = List.of(new ObjectMapper().readValue(texts.toFile(), String[].class));
        ExecutorService executor = Executors.newFixedThreadPool(models.threads());
        try {
            List<String> tried = all.subList(0, Math.min(TRIED_TEXTS, all.size()));
            // What the first pass pays for the first time, the others must not get for nothing.
            pass(tasks, all, BUDGETS.get(BUDGETS.size() / 2), executor);
            int best = BUDGETS.stream()
                    .min(Comparator.comparing(
                            budget -> pass(tasks, tried, budget, executor).seconds()))
                    .orElseThrow();
            System.out.println(new ObjectMapper().writeValueAsString(pass(tasks, all, best, executor)));
        } finally {
            executor.shutdown();
        }
        return 0;
    }

    private Answer pass(List<TaskModel> tasks, List<String> all, int budget, ExecutorService executor) {
        ProcessHandle here = ProcessHandle.current();
        BatchCounts counts = new BatchCounts();
        BatchingSettings batching = new BatchingSettings(WINDOW, 1 << 20, Duration.ZERO, budget);
        List<TextLabeller> labellers = IntStream.range(0, models.threads())
                .mapToObj(thread -> new TextLabeller(tasks, NO_LIMITS, batching, counts))
                .toList();
        try {
            long start = System.nanoTime();
            double cpuStart = ProcessorTime.seconds(here);
            PreparedText[] prepared = new PreparedText[all.size()];
            Spent preparing = prepare(labellers, all, prepared, executor);
            List<PreparedText> sorted = Arrays.stream(prepared)
                    .sorted(Comparator.comparing(PreparedText::sequenceLength))
                    .toList();
            // The longest first, so that no thread is left with them at the end.
            List<List<PreparedText>> windows = IntStream.iterate(sorted.size(), end -> end > 0, end -> end - WINDOW)
                    .mapToObj(end -> sorted.subList(Math.max(0, end - WINDOW), end))
                    .toList();
            Spent labelling =
                    share(labellers, windows.size(), executor, (labeller, index) -> labeller.label(windows.get(index)));
            long end = System.nanoTime();
            return new Answer(
                    (end - start) / 1e9,
                    ProcessorTime.seconds(here) - cpuStart,
                    preparing.cpuNanos() / 1e9,
                    counts.seconds(),
                    preparing.bytes(),
                    labelling.bytes(),
                    ResidentMemory.peakBytes(here),
                    budget,
                    counts.paddingRatio());
        } finally {
            labellers.forEach(TextLabeller::close);
        }
    }

    private Spent prepare(
            List<TextLabeller> labellers, List<String> all, PreparedText[] prepared, ExecutorService executor) {
        return share(
                labellers,
                all.size(),
                executor,
                (labeller, index) ->
                        prepared[index] = labeller.prepare(all.get(index)).fold(ready -> ready, rejection -> {
                            throw new BenchException("ceiling: expected a text to label, got " + rejection);
                        }));
    }

    /** Work on one of many things, with the stages of a thread. */
    private interface Share {
        void take(TextLabeller labeller, int index);
    }

    /** Processor time and heap of the threads that shared some work. */
    private record Spent(long cpuNanos, long bytes) {
        static Spent here() {
            return new Spent(ThreadSpending.cpuNanos(), ThreadSpending.allocatedHere());
        }

        Spent plus(Spent other) {
            return new Spent(cpuNanos + other.cpuNanos, bytes + other.bytes);
        }

        Spent since(Spent earlier) {
            return new Spent(cpuNanos - earlier.cpuNanos, bytes - earlier.bytes);
        }
    }

    private static Spent share(List<TextLabeller> labellers, int count, ExecutorService executor, Share work) {
        AtomicInteger next = new AtomicInteger();
        List<CompletableFuture<Spent>> threads = labellers.stream()
                .map(labeller -> CompletableFuture.supplyAsync(
                        () -> {
                            Spent before = Spent.here();
                            for (int index = next.getAndIncrement(); index < count; index = next.getAndIncrement()) {
                                work.take(labeller, index);
                            }
                            return Spent.here().since(before);
                        },
                        executor))
                .toList();
        return threads.stream().map(CompletableFuture::join).reduce(new Spent(0, 0), Spent::plus);
    }
}
