package dev.glosstream.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.glosstream.infer.EngineSettings;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.pipeline.ModelFaultException;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusFile;
import dev.glosstream.train.corpus.CorpusReader;
import dev.glosstream.train.corpus.LabelMap;
import dev.glosstream.train.evaluate.BundleEvaluator;
import dev.glosstream.train.evaluate.Comparison;
import dev.glosstream.train.evaluate.Measured;
import dev.glosstream.train.evaluate.page.PageSection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code glosstream evaluate}: one bundle or two and labelled texts in, figures out. */
@Command(
        name = "evaluate",
        header = "Measure a model bundle on labelled texts, or compare two.",
        description = {
            "Labels every text through the stages that serve, and compares with the truth. Sentiment: accuracy, macro-F1,"
                    + " macro-recall, a table of classes. Entities: precision, recall and F1 by exact span, as conlleval"
                    + " counts. Both: 95 %% intervals, confusion matrix, calibration, speed. Texts that serving refuses count"
                    + " as mistakes. docs/evaluation.md explains every figure.",
            "",
            "Data: as for train; in a folder, the files whose name says test (with --calibrate and --check-precision: dev).",
        },
        footer = {
            "",
            "Examples:",
            "  glosstream evaluate --model models/sentiment-en --data samples/train/sentiment-dev.tsv",
            "  glosstream evaluate --model models/entities-en --data samples/train/entities-dev.conll --json",
            "  glosstream evaluate --model models/sentiment-en --data test.tsv --html report.html",
            "  glosstream evaluate --compare models/sentiment-en /tmp/my-sentiment --data test.tsv",
            "  glosstream evaluate --calibrate --model /tmp/my-sentiment --data dev.tsv",
            "  glosstream evaluate --check-precision --model /tmp/my-sentiment --data dev.tsv",
        })
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "DIR", description = "Folder of the bundle.")
    private @Nullable Path model;

    @Option(
            names = "--compare",
            arity = "2",
            paramLabel = "DIR",
            description = "Folders of two bundles of the same task and labels: both side by side, with tests of whether"
                    + " they differ by more than chance.")
    private List<Path> compared = new ArrayList<>();

    @Option(names = "--data", required = true, arity = "1..*", paramLabel = "SOURCE", description = "Labelled texts.")
    private List<String> data = new ArrayList<>();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Also write one page with pictures and the worst mistakes. It shows texts of the data.")
    private @Nullable Path html;

    @Option(names = "--record", description = "Write the figures into the bundle's manifest and card.")
    private boolean record;

    @Option(
            names = "--calibrate",
            description =
                    "Fit the temperature of a sentiment bundle on these texts (dev data, not test data) and write it"
                            + " into its manifest. No label changes by it, only probabilities.")
    private boolean calibrate;

    @Option(
            names = "--check-precision",
            description =
                    "Compare the bundle in bf16 with itself in fp32 on these texts (dev data, not test data) and write"
                            + " what is found into its manifest, where 'precision: auto' looks for it.")
    private boolean checkPrecision;

    @Mixin
    private PrecisionOption precision = new PrecisionOption();

    @Option(names = "--skip-bad-rows", description = "Leave out rows that cannot be read instead of stopping.")
    private boolean skipBadRows;

    @Override
    public Integer call() throws IOException {
        requireAgreement();
        EngineSettings.forServing();
        List<Path> folders = model == null ? compared : List.of(model);
        List<ModelBundle> bundles = folders.stream().map(ModelBundle::open).toList();
        requireComparable(bundles);
        try {
            if (calibrate) {
                new CalibrationRun(bundles.get(0), read(bundles.get(0), CorpusFile.Part.DEV))
                        .run(spec.commandLine().getOut(), json);
                return ExitCode.OK;
            }
            if (checkPrecision) {
                new PrecisionCheckRun(bundles.get(0), read(bundles.get(0), CorpusFile.Part.DEV))
                        .run(spec.commandLine().getOut(), json);
                return ExitCode.OK;
            }
            EvaluationPageFile page = html == null ? null : EvaluationPageFile.at(html);
            List<PageSection> sections = measure(bundles, read(bundles.get(0), CorpusFile.Part.TEST));
            print(bundles, sections);
            if (page != null) {
                page.write(sections);
            }
        } catch (ModelFaultException e) {
            throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
        return ExitCode.OK;
    }

    private void requireAgreement() {
        if ((model == null) == compared.isEmpty()) {
            throw new UsageException("evaluate: expected --model DIR or --compare A B, got "
                    + (model == null ? "neither" : "both") + "; give one of them");
        }
        if (!compared.isEmpty() && (record || calibrate || checkPrecision)) {
            throw new UsageException("--compare: expected no --record, --calibrate or --check-precision, got one; they"
                    + " write into a bundle: name it with --model");
        }
        String alone = calibrate ? "--calibrate" : "--check-precision";
        if ((calibrate || checkPrecision) && (record || html != null || (calibrate && checkPrecision))) {
            throw new UsageException(
                    alone + ": expected no --record, no --html and no other check, got one; evaluate again"
                            + " on test data afterwards");
        }
    }

    private static void requireComparable(List<ModelBundle> bundles) {
        ModelManifest first = bundles.get(0).manifest();
        for (ModelBundle bundle : bundles) {
            ModelManifest other = bundle.manifest();
            if (first.task() != other.task() || !first.labels().equals(other.labels())) {
                throw new UsageException("--compare: expected two bundles of the same task and labels, got "
                        + first.task().code() + " " + first.labels() + " and "
                        + other.task().code() + " "
                        + other.labels());
            }
        }
    }

    /** One file of labelled texts. */
    record Texts(String name, List<CorpusExample> examples) {}

    private List<Texts> read(ModelBundle bundle, CorpusFile.Part part) {
        CorpusReader reader = new CorpusReader(skipBadRows);
        LabelMap labels = LabelMap.ofModel(bundle.manifest().labels());
        List<Texts> all = new ArrayList<>();
        for (String source : data) {
            for (CorpusFile file : CorpusFile.resolve(source, Path.of(""), bundle.task(), part)) {
                all.add(new Texts(file.shortName(), reader.read(file.withLabels(labels))));
            }
        }
        PrintWriter err = spec.commandLine().getErr();
        reader.problems().forEach(problem -> err.println("skipped " + problem));
        return all;
    }

    private List<PageSection> measure(List<ModelBundle> bundles, List<Texts> all) throws IOException {
        List<List<Measured>> measured = new ArrayList<>();
        for (ModelBundle bundle : bundles) {
            try (BundleEvaluator evaluator = BundleEvaluator.open(bundle, precision.choice())) {
                measured.add(all.stream()
                        .map(texts -> evaluator.measure(texts.examples(), System::nanoTime))
                        .toList());
            }
        }
        List<PageSection> sections = new ArrayList<>();
        for (int index = 0; index < all.size(); index++) {
            String name = all.get(index).name();
            Measured first = measured.get(0).get(index);
            if (bundles.size() == 1) {
                sections.add(new PageSection(name, List.of(first), Optional.empty()));
            } else {
                Measured second = measured.get(1).get(index);
                sections.add(new PageSection(
                        name,
                        List.of(first.named("A " + first.bundle()), second.named("B " + second.bundle())),
                        Optional.of(Comparison.of(first.report(), second.report()))));
            }
            if (record) {
                ModelBundle.open(bundles.get(0).directory()).record(name, first.recorded());
            }
        }
        return sections;
    }

    private void print(List<ModelBundle> bundles, List<PageSection> sections) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            JsonNode all = bundles.size() == 1
                    ? EvaluationJson.ofBundle(bundles.get(0).id(), sections)
                    : EvaluationJson.ofComparison(sections);
            out.println(all);
        } else {
            sections.forEach(section -> print(out, section));
        }
        out.flush();
    }

    private static void print(PrintWriter out, PageSection section) {
        for (Measured measured : section.bundles()) {
            out.println(measured.bundle() + " on " + section.data());
            out.println(measured.toText());
            out.println();
        }
        section.comparison().ifPresent(comparison -> {
            out.println("both on " + section.data());
            out.println(comparison.toText());
            out.println();
        });
    }
}
