package dev.glosstream.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.glosstream.app.bench.Bench;
import dev.glosstream.app.bench.BenchException;
import dev.glosstream.app.bench.BenchPage;
import dev.glosstream.app.bench.BenchPlan;
import dev.glosstream.app.bench.BenchReport;
import dev.glosstream.app.bench.BenchRow;
import dev.glosstream.app.bench.BenchTexts;
import dev.glosstream.app.bench.Growth;
import dev.glosstream.app.bench.Latency;
import dev.glosstream.app.bench.Load;
import dev.glosstream.app.bench.Machine;
import dev.glosstream.app.bench.Peers;
import dev.glosstream.app.bench.Scaled;
import dev.glosstream.app.bench.Throughput;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.model.ModelBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glosstream bench}: how fast the pipeline is on this machine, beside other ways to do the same. */
@Command(
        name = "bench",
        header = "Measure the pipeline on this machine, beside other ways to do the same.",
        description = {
            "Starts a broker, fills topics, and lets each row read them in a process of its own, in turns, several rounds."
                    + " Counts results as a reader of committed records sees them. docs/performance.md explains every row.",
            "",
            "The machine should have nothing else to do. All rows but growth take about half an hour on two cores.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream bench --rows ceiling,end-to-end --rounds 1",
            "  glosstream bench --texts tweets.txt --html bench.html --json bench.json",
        })
final class BenchCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--texts",
            paramLabel = "FILE",
            description = "Texts to label, one a line. Default: the bundled events, put together to texts of very"
                    + " different lengths (median 20 tokens, 95 %% below 200).")
    private @Nullable Path texts;

    @Option(
            names = "--rows",
            split = ",",
            paramLabel = "ROW",
            description = "What to measure: ceiling, ceiling-fp32, ceiling-bf16, end-to-end, end-to-end-label-topics,"
                    + " per-record, per-record-djl-defaults, fifo, entities-end-to-end, flink-per-record,"
                    + " flink-count-window, corenlp, latency, scaling, growth. Default: all but growth.")
    private List<String> rows = new ArrayList<>();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each row of throughput is run. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "40000",
            description = "Texts that are measured in each run, after as many as half of them to get warm. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int count;

    @Option(
            names = "--longest",
            paramLabel = "SECONDS",
            defaultValue = "25",
            description =
                    "Seconds after which a run is over, however far it got; growth has no such end. Default: ${DEFAULT-VALUE}.")
    private int longest;

    @Option(
            names = "--growth",
            paramLabel = "N",
            defaultValue = "1000000",
            description =
                    "Events of the longest run of growth, which is as long as it takes; the others have a tenth and"
                            + " a hundredth. Default: ${DEFAULT-VALUE}.")
    private int growth;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "4",
            description = "Partitions of every topic. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(names = "--threads", paramLabel = "N", description = "Threads of each row. Default: one per core.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "A model bundle; give one per task. Default: the shipped ones.")
    private List<Path> models = Installation.models();

    @Mixin
    private PrecisionOption precision = new PrecisionOption();

    @Option(
            names = "--others-packed",
            description =
                    "Give the rows of others the LSTM of 'run', with packed weights. Default: they run the bundles as"
                            + " 'export' writes them, with torch.lstm.")
    private boolean othersPacked;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write everything as JSON.")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write one page with pictures.")
    private @Nullable Path html;

    BenchCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        requireAtLeastOne();
        BenchPlan plan = plan();
        try (EmbeddedBroker broker = EmbeddedBroker.start(LimitSettings.DEFAULT.maxRecordBytes())) {
            BenchReport report = measure(plan, new Bench(plan, broker.bootstrapServers(), surroundings::say));
            write(report);
            if (!report.failures().isEmpty()) {
                throw new CommandException(
                        ExitCode.FAILED,
                        "bench: expected every run to end with right results, got "
                                + report.failures().size() + " that failed; see the report");
            }
        } catch (BenchException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
        return ExitCode.OK;
    }

    private void requireAtLeastOne() {
        Map.of(
                        "--rounds",
                        rounds,
                        "--count",
                        count,
                        "--longest",
                        longest,
                        "--partitions",
                        partitions,
                        "--threads",
                        threads)
                .forEach((name, value) -> {
                    if (value < 1) {
                        throw new UsageException(name + ": expected at least 1, got " + value);
                    }
                });
        if (growth < Growth.FEWEST_EVENTS) {
            throw new UsageException("--growth: expected at least " + Growth.FEWEST_EVENTS + ", got " + growth);
        }
    }

    private BenchPlan plan() throws IOException {
        BenchTexts chosen = texts == null
                ? BenchTexts.mixed(DemoEvents.texts(Installation.events()), count)
                : BenchTexts.ofFile(texts);
        Map<String, Path> folders = new LinkedHashMap<>();
        for (Path folder : models) {
            ModelBundle bundle = ModelBundle.open(folder);
            if (folders.put(bundle.task().code(), folder) != null) {
                throw new UsageException("--model: expected one per task, got two for "
                        + bundle.task().code());
            }
        }
        Load load = Load.of(chosen, (count + 1) / 2, count, Duration.ofSeconds(longest), partitions);
        Optional<Peers> peers = Peers.in(Installation.home());
        return new BenchPlan(
                rows(peers.isPresent()),
                rounds,
                load,
                folders,
                precision.choice(),
                othersPacked,
                threads,
                peers,
                new Growth(chosen, growth));
    }

    private List<BenchRow> rows(boolean withPeers) {
        List<BenchRow> all = Arrays.stream(BenchRow.values())
                .filter(row -> withPeers || !row.isPeer())
                .toList();
        if (!withPeers && rows.isEmpty()) {
            surroundings.say("left out: Flink and CoreNLP, which are built apart: " + Peers.BUILD);
        }
        for (String row : rows) {
            if (all.stream().noneMatch(each -> each.code().equals(row))) {
                throw new UsageException("--rows: expected "
                        + all.stream().map(BenchRow::code).collect(Collectors.joining(", ")) + ", got '" + row + "'"
                        + (Arrays.stream(BenchRow.values())
                                        .anyMatch(each -> each.code().equals(row))
                                ? "; build it with " + Peers.BUILD
                                : ""));
            }
        }
        if (rows.contains(BenchRow.LATENCY.code()) && !rows.contains(BenchRow.END_TO_END.code())) {
            throw new UsageException(
                    "--rows: expected end-to-end beside latency, got none; its loads are shares of that rate");
        }
        return all.stream()
                .filter(row -> rows.isEmpty() ? row.isDefault() : rows.contains(row.code()))
                .toList();
    }

    private BenchReport measure(BenchPlan plan, Bench bench) throws IOException, InterruptedException {
        Map<BenchRow, List<Throughput>> throughput = bench.throughput();
        List<Latency> latency = List.of();
        if (plan.rows().contains(BenchRow.LATENCY)) {
            latency = bench.latency(throughput.getOrDefault(BenchRow.END_TO_END, List.of()));
        }
        List<Scaled> scaling = plan.rows().contains(BenchRow.SCALING) ? bench.scaling() : List.of();
        List<Scaled> grown = plan.rows().contains(BenchRow.GROWTH) ? bench.growth() : List.of();
        return new BenchReport(
                Machine.describe(Version.current()),
                settings(plan),
                throughput,
                latency,
                scaling,
                grown,
                bench.failures());
    }

    private Map<String, String> settings(BenchPlan plan) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("texts", texts == null ? "mixed" : String.valueOf(texts.getFileName()));
        settings.put("texts measured in a run", Integer.toString(count));
        settings.put("texts before, to get warm", Integer.toString(plan.load().warmUp()));
        settings.put("longest run", longest + " s");
        if (plan.rows().contains(BenchRow.GROWTH)) {
            settings.put("events of the longest run of growth", Integer.toString(growth));
        }
        settings.put("rounds", Integer.toString(rounds));
        settings.put("threads", Integer.toString(threads));
        settings.put("partitions", Integer.toString(partitions));
        settings.put("precision", plan.precision().code());
        settings.put("LSTM of the others", othersPacked ? "packed weights" : "torch.lstm");
        plan.models()
                .forEach((task, folder) ->
                        settings.put(task, ModelBundle.open(folder).id()));
        return settings;
    }

    private void write(BenchReport report) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        report.lines().forEach(out::println);
        out.flush();
        if (json != null) {
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), report);
        }
        if (html != null) {
            Files.writeString(html, BenchPage.of(report));
        }
    }
}
