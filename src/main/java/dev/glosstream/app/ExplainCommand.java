package dev.glosstream.app;

import dev.glosstream.explain.InnerReading;
import dev.glosstream.explain.TextExplainer;
import dev.glosstream.explain.TextExplanation;
import dev.glosstream.infer.EngineSettings;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.OneHotComparison;
import dev.glosstream.model.ModelBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code glosstream explain}: what a model does with one text, stage by stage. */
@Command(
        name = "explain",
        header = "Show what a model does with a text, step by step.",
        description = {
            "Prints the tokens, the ids of each column, the shapes of every stage, the embedding vectors, the LSTM's gates,"
                    + " cell and hidden state at each step and in both directions, what stands for the text, the scores"
                    + " and the answer, and what each token is worth. The LSTM is computed in plain Java from the"
                    + " bundle's weights beside the engine; both must agree within 0.0001.",
            "",
            "JSON: {\"text\", \"models\": [{\"model\", \"task\", \"tokens\", \"columns\", \"layers\", \"scores\", …}]}; with"
                    + " --steps also every value of vectors, gates and states.",
            "",
            "--one-hot explains nothing of a text: it measures an embedding layer beside the product of a one-hot encoding"
                    + " with the same table.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream explain 'not bad at all'",
            "  glosstream explain 'Paris Hilton flew to Paris' --model models/entities-en --steps",
            "  glosstream explain 'not bad at all' --model models/sentiment-en --json",
            "  glosstream explain --one-hot",
        })
final class ExplainCommand implements Callable<Integer> {
    private static final List<Integer> ONE_HOT_ROWS = List.of(1_000, 5_000, 20_000, 50_000);
    private static final int ONE_HOT_DIMENSION = 64;
    private static final double MEBIBYTE = 1 << 20;
    private static final double NANOS_PER_MICRO = 1e3;

    private final Surroundings surroundings;

    @Parameters(arity = "0..*", paramLabel = "TEXT", description = "The text; several words are joined with spaces.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "Folder of a model bundle; may be repeated. Default: the shipped models, one after the other.")
    private List<Path> folders = new ArrayList<>();

    @Option(names = "--steps", description = "Print every token of a long text and more values of each step.")
    private boolean steps;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--one-hot", description = "Measure embedding beside one-hot encoding.")
    private boolean oneHot;

    ExplainCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (oneHot == !words.isEmpty()) {
            throw new UsageException("TEXT: expected a text, or --one-hot without one, got "
                    + (oneHot ? "both" : "neither") + "; for example: glosstream explain 'not bad at all'");
        }
        EngineSettings.forServing();
        LineOutput out = new LineOutput(surroundings.out());
        int exitCode = oneHot ? compareOneHot(out) : explain(out);
        out.flush();
        return exitCode;
    }

    private int explain(LineOutput out) {
        String text = String.join(" ", words);
        List<TextExplanation> explanations = new ArrayList<>();
        for (Path folder : folders.isEmpty() ? Installation.models() : folders) {
            explanations.add(explain(text, folder));
        }
        if (json) {
            out.line(new ExplainJson(steps).line(text, explanations));
        } else {
            ExplainText printer = new ExplainText(steps);
            for (int index = 0; index < explanations.size(); index++) {
                if (index > 0) {
                    out.line("");
                    out.line("─".repeat(ExplainText.WIDTH));
                    out.line("");
                }
                printer.lines(explanations.get(index)).forEach(out::line);
            }
        }
        return explanations.stream()
                        .flatMap(explanation -> explanation.inner().stream())
                        .allMatch(InnerReading::agrees)
                ? ExitCode.OK
                : ExitCode.FAILED;
    }

    private static TextExplanation explain(String text, Path folder) {
        try (LoadedModel model = LoadedModel.load(ModelBundle.open(folder));
                TextExplainer explainer = new TextExplainer(model)) {
            return explainer.explain(text).fold(explanation -> explanation, rejection -> {
                throw new UsageException(rejection.detail());
            });
        }
    }

    private static int compareOneHot(LineOutput out) {
        out.line("A batch of ids [" + OneHotComparison.BATCH_SIZE + ", " + OneHotComparison.LENGTH
                + "] becomes vectors [" + OneHotComparison.BATCH_SIZE + ", " + OneHotComparison.LENGTH + ", "
                + ONE_HOT_DIMENSION + "], by looking rows up and by multiplying a one-hot encoding;");
        out.line("median times, one thread. Both need the table as well; both give the same numbers.");
        out.line("");
        TextTable table = new TextTable(
                1,
                ExplainText.WIDTH,
                List.of(
                        "rows",
                        "table MiB",
                        "ids MiB",
                        "one-hot MiB",
                        "look-up µs",
                        "one-hot µs",
                        "times",
                        "difference"));
        for (int rows : ONE_HOT_ROWS) {
            OneHotComparison measured = OneHotComparison.measure(rows, ONE_HOT_DIMENSION, System::nanoTime);
            table.row(List.of(
                    String.format(Locale.ROOT, "%,d", rows),
                    ExplainText.number(measured.tableBytes() / MEBIBYTE, 2),
                    ExplainText.number(measured.idBytes() / MEBIBYTE, 4),
                    ExplainText.number(measured.oneHotBytes() / MEBIBYTE, 2),
                    ExplainText.number(measured.lookUpNanos() / NANOS_PER_MICRO, 1),
                    ExplainText.number(measured.oneHotNanos() / NANOS_PER_MICRO, 1),
                    ExplainText.number((double) measured.oneHotNanos() / measured.lookUpNanos(), 0),
                    ExplainText.number(measured.largestDifference(), 6)));
        }
        table.lines().forEach(out::line);
        return ExitCode.OK;
    }
}
