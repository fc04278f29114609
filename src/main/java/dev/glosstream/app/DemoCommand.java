package dev.glosstream.app;

import dev.glosstream.config.PipelineSettings;
import dev.glosstream.topology.RecordSizes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code glosstream demo}: the whole pipeline on a broker inside this process. */
@Command(
        name = "demo",
        header = "See it work: the whole pipeline, on a Kafka broker inside this process.",
        description = {
            "Starts a broker (free port, temporary folder, gone afterwards), creates the topics, runs the pipeline, sends"
                    + " the bundled events and some broken records through it, and prints each result as it arrives;"
                    + " then a summary. After that, lines typed at the terminal go the same way, until Ctrl-D. Sources"
                    + " and output of the pipeline file are left aside: the events are the demo's own.",
            "",
            "Exit code 0 only if every record sent came back exactly once, labelled or as a dead letter.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream demo",
            "  glosstream demo --once --json",
            "  glosstream demo --events texts.txt --set batching.maxWait=0ms",
        })
final class DemoCommand implements Callable<Integer> {
    private static final long GLANCE_MS = 200;

    private final Surroundings surroundings;

    @Mixin
    private PipelineOptions pipeline = new PipelineOptions();

    @Option(names = "--once", description = "Stop after the events; do not read the terminal.")
    private boolean once;

    @Option(
            names = "--events",
            paramLabel = "FILE",
            description = "Send the lines of this file, one text each, instead of the bundled events.")
    private @Nullable Path events;

    @Option(
            names = "--json",
            description =
                    "Print JSON lines: results as by 'label --json' with the id of the event, dead letters with the"
                            + " place of their input, and last the summary.")
    private boolean json;

    @Option(
            names = "--console",
            description = "Serve the console, metrics and health too, as 'run' does, on http.host and http.port of the"
                    + " pipeline file.")
    private boolean console;

    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PipelineSettings wanted = settings("127.0.0.1:0", Path.of("unknown"));
        List<DemoRecord> records = records(wanted);
        surroundings.say("starting a Kafka broker and loading the models");
        try (DemoBroker starting = DemoBroker.begin(RecordSizes.largestOutputBytes(wanted.limits()));
                PipelineService service = PipelineService.open(wanted);
                OpenModels models = service.loadModels();
                TemporaryFolder state = TemporaryFolder.create("glosstream-state-")) {
            EmbeddedBroker broker = starting.get();
            PipelineSettings settings = settings(broker.bootstrapServers(), state.path());
            createTopics(settings);
            LineOutput output = new LineOutput(surroundings.out());
            ResultPrinter printer = json ? new ResultJson(models.ids()) : new ResultText(surroundings.colour());
            try (ConsoleService page = service.console();
                    DemoSession session = new DemoSession(broker, settings, models, printer, output, service)) {
                page.open(settings, models, OutputValues.SINGLE_OBJECT);
                service.url().ifPresent(url -> surroundings.say("the console is at " + url));
                surroundings.say("sending " + records.size() + " records to " + broker.bootstrapServers());
                return stream(session, records, output);
            }
        }
    }

    /**
     * The pipeline file as it is; only where the cluster is and where local state may lie is decided here, and that the
     * demo's own events are read and wrapped.
     */
    private PipelineSettings settings(String servers, Path state) {
        return pipeline.read(
                        surroundings.environment(),
                        List.of(
                                "kafka.bootstrap.servers=" + servers,
                                "kafka.state.dir=" + state,
                                "http.enabled=" + console,
                                "http.console=" + console))
                .withTextEvents();
    }

    private List<DemoRecord> records(PipelineSettings settings) throws IOException {
        return events == null
                ? DemoEvents.bundled(Installation.events(), settings.limits())
                : DemoEvents.ofLines(events);
    }

    private static void createTopics(PipelineSettings settings) {
        try (ClusterCheck cluster = ClusterCheck.connect(settings)) {
            cluster.createMissing(settings.threads());
        }
    }

    private int stream(DemoSession session, List<DemoRecord> records, LineOutput output)
            throws InterruptedException, IOException {
        records.forEach(session::send);
        session.flush();
        session.awaitResults();
        if (!once) {
            report(session.summary(), output);
            if (sendTypedLines(session) == 0) {
                session.finish();
                return exitCode(session.summary());
            }
            session.awaitResults();
        }
        session.finish();
        report(session.summary(), output);
        return exitCode(session.summary());
    }

    private void report(DemoSummary summary, LineOutput output) {
        if (json) {
            output.line(summary.json());
        } else {
            output.line("");
            summary.lines().forEach(output::line);
            output.line("");
        }
        output.flush();
    }

    private int exitCode(DemoSummary summary) {
        if (summary.isComplete()) {
            return ExitCode.OK;
        }
        surroundings.say("demo: expected every record back exactly once, got "
                + (summary.counts().labelled() + summary.counts().deadLetters()) + " results for "
                + summary.counts().in() + " records");
        return ExitCode.FAILED;
    }

    /** Reads on a thread of its own, because a read cannot be interrupted when the pipeline breaks. */
    private int sendTypedLines(DemoSession session) throws InterruptedException, IOException {
        surroundings.say("type a text and press Enter; Ctrl-D ends");
        CompletableFuture<Integer> typed = new CompletableFuture<>();
        Thread thread = new Thread(() -> readLines(session, typed), "typed-lines");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                return typed.get(GLANCE_MS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                session.requireHealthy();
            } catch (ExecutionException e) {
                throw new IOException("standard input: expected to be readable", e.getCause());
            }
        }
    }

    private void readLines(DemoSession session, CompletableFuture<Integer> typed) {
        int count = 0;
        try {
            DemoEvents.Lines lines = new DemoEvents.Lines(surroundings.in(), "typed");
            Optional<DemoRecord> line = lines.next();
            while (line.isPresent()) {
                session.send(line.get());
                count++;
                line = lines.next();
            }
            typed.complete(count);
        } catch (IOException | RuntimeException e) {
            typed.completeExceptionally(e);
        }
    }
}
