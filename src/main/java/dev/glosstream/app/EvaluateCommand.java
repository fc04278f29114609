package dev.glosstream.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.train.BundleEvaluator;
import dev.glosstream.train.Report;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glosstream evaluate}: a bundle and labelled texts in, figures out. */
@Command(
        name = "evaluate",
        header = "Measure a model bundle on labelled texts.",
        description = {
            "Labels every text through the stages that serve, and compares. Sentiment: accuracy, macro-F1, macro-recall."
                    + " Entities: precision, recall and F1 by exact span.",
            "",
            "Data: as for train; in a folder, the files whose name says test.",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream evaluate --model models/sentiment-en --data samples/train/sentiment-dev.tsv",
            "  glosstream evaluate --model models/entities-en --data samples/train/entities-dev.conll --json",
        })
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder of the bundle.")
    private Path model;

    @Option(names = "--data", required = true, arity = "1..*", paramLabel = "SOURCE", description = "Labelled texts.")
    private List<String> data = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(names = "--record", description = "Write the figures into the bundle's manifest.")
    private boolean record;

    @Option(names = "--skip-bad-rows", description = "Leave out rows that cannot be read instead of stopping.")
    private boolean skipBadRows;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        ObjectNode results = new ObjectMapper().createObjectNode();
        ArrayNode list = results.put("model", ModelBundle.open(model).id()).putArray("results");
        for (String source : data) {
            for (CorpusFile file : CorpusFile.resolve(
                    source, Path.of(""), ModelBundle.open(model).task(), CorpusFile.Part.TEST)) {
                Report report = evaluate(file);
                ObjectNode entry = list.addObject().put("data", file.shortName());
                report.metrics().forEach(entry.putObject("metrics")::put);
                if (!json) {
                    out.println(file.shortName());
                    out.println(report.toText());
                    out.println();
                }
            }
        }
        if (json) {
            out.println(results);
        }
        out.flush();
        return 0;
    }

    private Report evaluate(CorpusFile file) throws IOException {
        CorpusReader reader = new CorpusReader(skipBadRows);
        Report report = BundleEvaluator.evaluate(ModelBundle.open(model), reader.read(file));
        reader.problems().forEach(problem -> spec.commandLine().getErr().println("skipped " + problem));
        if (record) {
            ModelBundle.open(model).record(file.shortName(), report.metrics());
        }
        return report;
    }
}
