package dev.glosstream.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.config.PrecisionChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs the rows of the comparison in alternation, several rounds, on one broker. One thread. */
public final class Bench {
    private static final Duration LONGEST_CEILING = Duration.ofMinutes(10);
    private static final String MAIN = "dev.glosstream.app.Main";
    private static final double LATENCY_SECONDS = 10;
    private static final int FEWEST_EVENTS = 300;
    private static final int LONE_EVENTS = 20;
    private static final double LONE_PER_SECOND = 1.3;

    private final BenchPlan plan;
    private final String servers;
    private final Consumer<String> say;
    private final Attempts attempts;
    private int runs;

    /**
     * Creates a comparison.
     *
     * @param servers a broker for it alone
     * @param say is told what is going on
     */
    public Bench(BenchPlan plan, String servers, Consumer<String> say) {
        this.plan = plan;
        this.servers = servers;
        this.say = say;
        this.attempts = new Attempts(say);
    }

    /** Runs every throughput row in each round; a row of which every run failed is not among the results. */
    public Map<BenchRow, List<Throughput>> throughput() throws InterruptedException {
        Map<BenchRow, List<Throughput>> measured = new LinkedHashMap<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (BenchRow row : plan.rows()) {
                if (row.isThroughput()) {
                    String what = "round " + round + " of " + plan.rounds() + ": " + row.code();
                    measure(what, () -> run(row, plan.load()))
                            .ifPresent(result -> measured.computeIfAbsent(row, unused -> new ArrayList<>())
                                    .add(result));
                }
            }
        }
        return measured;
    }

    /** Returns the runs that failed, so far. */
    public List<Failed> failures() {
        return attempts.failures();
    }

    private Optional<Throughput> measure(String what, Attempts.Attempt<Throughput> run) throws InterruptedException {
        Optional<Throughput> measured = attempts.make(what, run);
        measured.ifPresent(result -> say(what, result));
        return measured;
    }

    private void say(String what, Throughput result) {
        say.accept(String.format(
                "%s: %,.0f events/s, %,.0f tokens/s, %,.0f µs CPU per event, padding %.3f, tokenizing %.1f %% of CPU, ready in"
                        + " %.1f s",
                what,
                result.eventsPerSecond(),
                result.tokensPerSecond(),
                result.cpuMicrosPerEvent(),
                result.paddingRatio(),
                100 * result.prepareShare(),
                result.readySeconds()));
    }

    private Throughput run(BenchRow row, Load load) throws IOException, InterruptedException {
        return switch (row) {
            case CEILING -> ceiling(plan.precision(), load);
            case CEILING_FP32 -> ceiling(PrecisionChoice.FP32, load);
            case CEILING_BF16 -> ceiling(PrecisionChoice.BF16, load);
            case CORENLP -> peers().coreNlp(load, plan.threads());
            default -> ThroughputRun.measure(topics(), starter(row), 1, load, row.promise());
        };
    }

    private Subject.Starter starter(BenchRow row) {
        return switch (row) {
            case END_TO_END -> glosstream(plan.models(), plan.threads(), Map.of());
            case END_TO_END_LABEL_TOPICS ->
                new GlosstreamSubject(plan.models(), plan.threads(), Map.of(), settings(true));
            case ENTITIES_END_TO_END -> glosstream(plan.entities(), plan.threads(), Map.of());
            case PER_RECORD -> baseline(row, "--kind=PER_RECORD");
            case PER_RECORD_DJL_DEFAULTS -> baseline(row, "--kind=PER_RECORD", "--djl-defaults");
            case FIFO -> baseline(row, "--kind=FIFO");
            case FLINK_PER_RECORD -> flink(row, "--kind=PER_RECORD");
            case FLINK_COUNT_WINDOW -> flink(row, "--kind=COUNT_WINDOW");
            default -> throw new IllegalArgumentException(row + ": expected a row of throughput from topic to topic");
        };
    }

    private Peers peers() {
        return plan.peers()
                .orElseThrow(() -> new BenchException(
                        "peers: expected them in target/peers, found none; build them: " + Peers.BUILD));
    }

    private Subject.Starter flink(BenchRow row, String kind) {
        List<String> arguments = new ArrayList<>(List.of(kind));
        arguments.addAll(ofOthers());
        return peers().flink(row, arguments);
    }

    private Subject.Starter glosstream(Map<String, Path> models, int threads, Map<String, Object> batching) {
        return new GlosstreamSubject(models, threads, batching, settings(false));
    }

    /** One result per event, like the others, if there are no topics of labels alone. */
    private Map<String, Object> settings(boolean labelTopics) {
        return Map.of("precision", plan.precision().code(), "output", Map.of("labelTopics", labelTopics));
    }

    private Subject.Starter baseline(BenchRow row, String... options) {
        List<String> arguments = new ArrayList<>(List.of(MAIN, "bench-baseline"));
        arguments.addAll(List.of(options));
        arguments.addAll(ofOthers());
        return Subject.main(row.code(), List.of(), arguments);
    }

    private List<String> ofOthers() {
        List<String> arguments = common(plan.precision());
        if (!plan.othersPacked()) {
            arguments.add("--portable");
        }
        return arguments;
    }

    private List<String> common(PrecisionChoice precision) {
        List<String> arguments =
                new ArrayList<>(List.of("--threads=" + plan.threads(), "--precision=" + precision.name()));
        plan.models().values().forEach(folder -> arguments.add("--model=" + folder));
        return arguments;
    }

    private Throughput ceiling(PrecisionChoice precision, Load load) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("glosstream-bench-");
        List<String> texts = load.measured();
        Path file = folder.resolve("texts.json");
        new ObjectMapper().writeValue(file.toFile(), texts);
        List<String> arguments = new ArrayList<>(List.of(MAIN, "bench-ceiling", "--texts=" + file));
        arguments.addAll(common(precision));
        try (MeasuredProcess process = MeasuredProcess.start("ceiling", folder, List.of(), arguments)) {
            CeilingCommand.Answer answer =
                    new ObjectMapper().readValue(process.awaitAnswer(LONGEST_CEILING), CeilingCommand.Answer.class);
            say.accept("ceiling: " + answer);
            return new Throughput(
                    texts.size(),
                    load.measuredTokens(),
                    answer.seconds(),
                    answer.cpuSeconds(),
                    answer.residentBytes(),
                    answer.paddingRatio(),
                    0,
                    answer.inside(texts.size()));
        } finally {
            ThroughputRun.delete(folder);
        }
    }

    /**
     * Measures latency: of lone texts on an idle system, and under a share of what it can do.
     *
     * @param endToEnd how fast it is; nothing can be measured without
     * @return of the loads before the first that failed
     */
    public List<Latency> latency(List<Throughput> endToEnd) throws InterruptedException {
        List<Latency> latencies = new ArrayList<>();
        attempts.make(BenchRow.LATENCY.code(), () -> measure(endToEnd, latencies));
        return latencies;
    }

    private List<Latency> measure(List<Throughput> endToEnd, List<Latency> latencies)
            throws IOException, InterruptedException {
        if (endToEnd.isEmpty()) {
            throw new BenchException("latency: expected a rate of end-to-end, of which its loads are shares, got none");
        }
        double most =
                BenchReport.Spread.of(endToEnd, Throughput::eventsPerSecond).median();
        try (LatencyRun run =
                LatencyRun.start(topics(), glosstream(plan.models(), plan.threads(), Map.of()), plan.load())) {
            latencies.add(run.measure("idle, one at a time", LONE_EVENTS, LONE_PER_SECOND));
            for (double share : List.of(0.1, 0.5, 0.8)) {
                int events = (int) Math.max(FEWEST_EVENTS, LATENCY_SECONDS * share * most);
                Latency latency =
                        run.measure(String.format("%.0f %% of the maximum", 100 * share), events, share * most);
                say.accept(latency.toString());
                latencies.add(latency);
            }
        }
        return latencies;
    }

    /** Measures throughput with one thing changed at a time. */
    public List<Scaled> scaling() throws InterruptedException {
        List<Scaled> scaled = new ArrayList<>();
        Load load = plan.load();
        for (int threads : List.of(1, 2)) {
            add(scaled, "threads", threads, glosstream(plan.models(), threads, Map.of()), 1, load);
        }
        for (int instances : List.of(1, 2)) {
            add(scaled, "instances", instances, glosstream(plan.models(), 1, Map.of()), instances, load);
        }
        for (int partitions : List.of(1, 4, 12)) {
            Subject.Starter starter = glosstream(plan.models(), plan.threads(), Map.of());
            add(scaled, "partitions", partitions, starter, 1, load.withPartitions(partitions));
        }
        for (int window : List.of(1, 16, 64, 256, 1024, 4096)) {
            Subject.Starter starter = glosstream(plan.models(), plan.threads(), Map.of("maxRecords", window));
            add(scaled, "window", window, starter, 1, load);
        }
        return scaled;
    }

    /** Measures the cost of more events and of longer texts; one run each. */
    public List<Scaled> growth() throws InterruptedException {
        List<Scaled> grown = new ArrayList<>();
        for (Growth.Step step :
                plan.growth().steps(plan.load().warmUp(), plan.load().partitions())) {
            measure(step.what() + " " + step.value(), () -> grow(step))
                    .ifPresent(throughput -> grown.add(new Scaled(step.what(), step.value(), throughput)));
        }
        return grown;
    }

    private Throughput grow(Growth.Step step) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("glosstream-bench-");
        try {
            Map<String, Object> settings = new LinkedHashMap<>(step.settings());
            settings.putAll(settings(false));
            Map<String, Path> models = step.models(plan.models(), folder);
            Subject.Starter starter = new GlosstreamSubject(models, plan.threads(), Map.of(), settings);
            return ThroughputRun.measure(topics(), starter, 1, step.load(), Promise.IN_ORDER);
        } finally {
            ThroughputRun.delete(folder);
        }
    }

    private void add(List<Scaled> scaled, String what, int value, Subject.Starter starter, int instances, Load load)
            throws InterruptedException {
        measure(what + " " + value, () -> ThroughputRun.measure(topics(), starter, instances, load, Promise.IN_ORDER))
                .ifPresent(throughput -> scaled.add(new Scaled(what, value, throughput)));
    }

    private BenchTopics topics() {
        runs++;
        return new BenchTopics(servers, "r" + runs);
    }
}
