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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * The process of the ceiling: texts in memory, sorted by their known lengths, from text to labels on all cores, at the best
 * batch size; no Kafka. Prints one line of JSON.
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
        ExecutorService executor = Executors.newFixedThreadPool(models.threads());
        try {
            List<String> all = sorted(tasks, List.of(new ObjectMapper().readValue(texts.toFile(), String[].class)));
            int every = Math.max(1, all.size() / TRIED_TEXTS);
            List<String> tried = IntStream.range(0, all.size() / every)
                    .mapToObj(index -> all.get(index * every))
                    .toList();
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

    /** Returns the texts, the longest first: so no thread is left with them at the end. */
    private List<String> sorted(List<TaskModel> tasks, List<String> all) {
        BatchingSettings batching = batching(BUDGETS.get(0));
        try (TextLabeller labeller = new TextLabeller(tasks, NO_LIMITS, batching, new BatchCounts())) {
            Map<String, Integer> lengths = new HashMap<>();
            all.forEach(text -> lengths.computeIfAbsent(
                    text, each -> prepare(labeller, each).sequenceLength()));
            return all.stream()
                    .sorted(Comparator.comparing(lengths::get, Comparator.reverseOrder()))
                    .toList();
        }
    }

    private static BatchingSettings batching(int budget) {
        return new BatchingSettings(WINDOW, 1 << 20, Duration.ZERO, budget);
    }

    private static PreparedText prepare(TextLabeller labeller, String text) {
        return labeller.prepare(text).fold(ready -> ready, rejection -> {
            throw new BenchException("ceiling: expected a text to label, got " + rejection);
        });
    }

    private Answer pass(List<TaskModel> tasks, List<String> sorted, int budget, ExecutorService executor) {
        ProcessHandle here = ProcessHandle.current();
        BatchCounts counts = new BatchCounts();
        List<TextLabeller> labellers = IntStream.range(0, models.threads())
                .mapToObj(thread -> new TextLabeller(tasks, NO_LIMITS, batching(budget), counts))
                .toList();
        try {
            long start = System.nanoTime();
            double cpuStart = ProcessorTime.seconds(here);
            Spent spent = share(labellers, windows(sorted), executor);
            long end = System.nanoTime();
            return new Answer(
                    (end - start) / 1e9,
                    ProcessorTime.seconds(here) - cpuStart,
                    spent.preparing().cpuNanos() / 1e9,
                    counts.seconds(),
                    spent.preparing().bytes(),
                    spent.labelling().bytes(),
                    ResidentMemory.peakBytes(here),
                    budget,
                    counts.paddingRatio());
        } finally {
            labellers.forEach(TextLabeller::close);
        }
    }

    private static List<List<String>> windows(List<String> sorted) {
        return IntStream.iterate(0, begin -> begin < sorted.size(), begin -> begin + WINDOW)
                .mapToObj(begin -> sorted.subList(begin, Math.min(sorted.size(), begin + WINDOW)))
                .toList();
    }

    /** Prepares and labels a window at a time: all texts prepared at once would leave the processor's caches. */
    private static Spent label(TextLabeller labeller, List<String> window) {
        Spending start = Spending.here();
        List<PreparedText> prepared =
                window.stream().map(text -> prepare(labeller, text)).toList();
        Spending ready = Spending.here();
        labeller.label(prepared);
        return new Spent(ready.since(start), Spending.here().since(ready));
    }

    private static Spent share(List<TextLabeller> labellers, List<List<String>> windows, ExecutorService executor) {
        AtomicInteger next = new AtomicInteger();
        List<CompletableFuture<Spent>> threads = labellers.stream()
                .map(labeller -> CompletableFuture.supplyAsync(
                        () -> {
                            Spent sum = Spent.NOTHING;
                            for (int index = next.getAndIncrement();
                                    index < windows.size();
                                    index = next.getAndIncrement()) {
                                sum = sum.plus(label(labeller, windows.get(index)));
                            }
                            return sum;
                        },
                        executor))
                .toList();
        return threads.stream().map(CompletableFuture::join).reduce(Spent.NOTHING, Spent::plus);
    }

    /** What the stages spent. */
    private record Spent(Spending preparing, Spending labelling) {
        static final Spent NOTHING = new Spent(new Spending(0, 0), new Spending(0, 0));

        Spent plus(Spent other) {
            return new Spent(preparing.plus(other.preparing), labelling.plus(other.labelling));
        }
    }

    /** Processor time and heap of a thread. */
    private record Spending(long cpuNanos, long bytes) {
        static Spending here() {
            return new Spending(ThreadSpending.cpuNanos(), ThreadSpending.allocatedHere());
        }

        Spending plus(Spending other) {
            return new Spending(cpuNanos + other.cpuNanos, bytes + other.bytes);
        }

        Spending since(Spending earlier) {
            return new Spending(cpuNanos - earlier.cpuNanos, bytes - earlier.bytes);
        }
    }
}
