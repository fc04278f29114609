package dev.glosstream.app.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs the rows of the comparison in alternation, several rounds, on one broker. One thread. */
public final class Bench {
    private static final Duration LONGEST_CEILING = Duration.ofMinutes(10);

    private final BenchPlan plan;
    private final String servers;
    private final Consumer<String> say;
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
    }

    /** Runs every throughput row in each round. */
    public Map<BenchRow, List<Throughput>> throughput() throws IOException, InterruptedException {
        Map<BenchRow, List<Throughput>> measured = new LinkedHashMap<>();
        Load load = plan.load();
        for (int round = 1; round <= plan.rounds(); round++) {
            for (BenchRow row : plan.rows()) {
                if (row.isThroughput()) {
                    Throughput result = run(row, load);
                    say.accept(String.format(
                            "round %d of %d: %s: %,.0f events/s, %,.0f tokens/s, %,.0f µs CPU per event, padding %.3f",
                            round,
                            plan.rounds(),
                            row.code(),
                            result.eventsPerSecond(),
                            result.tokensPerSecond(),
                            result.cpuMicrosPerEvent(),
                            result.paddingRatio()));
                    measured.computeIfAbsent(row, unused -> new ArrayList<>()).add(result);
                }
            }
        }
        return measured;
    }

    private Throughput run(BenchRow row, Load load) throws IOException, InterruptedException {
        return switch (row) {
            case CEILING -> ceiling(plan.models(), load);
            case END_TO_END -> endToEnd(plan.models(), load);
            case ENTITIES_END_TO_END -> endToEnd(plan.entities(), load);
            case PER_RECORD -> baseline(row, load, "--kind=PER_RECORD");
            case PER_RECORD_DJL_DEFAULTS -> baseline(row, load, "--kind=PER_RECORD", "--djl-defaults");
            case FIFO -> baseline(row, load, "--kind=FIFO");
            case FLINK_PER_RECORD, FLINK_COUNT_WINDOW ->
                ThroughputRun.measure(topics(), peers().flink(row, plan.models().values(), plan.threads()), 1, load);
            case CORENLP -> peers().coreNlp(load, plan.threads());
            default -> throw new IllegalArgumentException(row + ": expected a row of throughput");
        };
    }

    private Peers peers() {
        return plan.peers()
                .orElseThrow(() -> new BenchException(
                        "peers: expected them in target/peers, found none; build them: " + Peers.BUILD));
    }

    private Throughput endToEnd(Map<String, Path> models, Load load) throws IOException, InterruptedException {
        Subject.Starter starter = new GlosstreamSubject(models, plan.threads(), Map.of(), Map.of());
        return ThroughputRun.measure(topics(), starter, 1, load);
    }

    private Throughput baseline(BenchRow row, Load load, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("dev.glosstream.app.Main", "bench-baseline"));
        arguments.addAll(List.of(options));
        arguments.add("--threads=" + plan.threads());
        plan.models().values().forEach(folder -> arguments.add("--model=" + folder));
        return ThroughputRun.measure(topics(), Subject.main(row.code(), List.of(), arguments), 1, load);
    }

    private Throughput ceiling(Map<String, Path> models, Load load) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("glosstream-bench-");
        List<String> texts = load.measured();
        Path file = folder.resolve("texts.json");
        new ObjectMapper().writeValue(file.toFile(), texts);
        List<String> arguments = new ArrayList<>(
                List.of("dev.glosstream.app.Main", "bench-ceiling", "--texts=" + file, "--threads=" + plan.threads()));
        models.values().forEach(model -> arguments.add("--model=" + model));
        try (MeasuredProcess process = MeasuredProcess.start("ceiling", folder, List.of(), arguments)) {
            CeilingCommand.Answer answer =
                    new ObjectMapper().readValue(process.awaitAnswer(LONGEST_CEILING), CeilingCommand.Answer.class);
            say.accept("ceiling: " + answer);
            return new Throughput(
                    texts.size(),
                    load.measuredTokens(),
                    answer.seconds(),
                    answer.cpuSeconds(),
                    0,
                    answer.paddingRatio(),
                    0);
        } finally {
            ThroughputRun.delete(folder);
        }
    }

    private BenchTopics topics() {
        runs++;
        return new BenchTopics(servers, "r" + runs);
    }
}
