package dev.glosstream.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.model.PrecisionCheck;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.evaluate.BundleEvaluator;
import dev.glosstream.train.evaluate.PrecisionComparison;
import dev.glosstream.train.evaluate.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Compares a bundle in bf16 with itself in fp32 and writes what it finds into its manifest. */
final class PrecisionCheckRun {
    private final ModelBundle bundle;
    private final List<EvaluateCommand.Texts> data;

    /** Creates a run. */
    PrecisionCheckRun(ModelBundle bundle, List<EvaluateCommand.Texts> data) {
        this.bundle = bundle;
        this.data = List.copyOf(data);
    }

    /** Labels all texts in both, writes, and says what was found. */
    void run(PrintWriter out, boolean json) throws IOException {
        requireParameters();
        List<CorpusExample> examples = new ArrayList<>();
        data.forEach(texts -> examples.addAll(texts.examples()));
        String name = data.stream().map(EvaluateCommand.Texts::name).collect(Collectors.joining(", "));
        PrecisionCheck check = PrecisionComparison.of(
                name,
                report(PrecisionChoice.FP32, examples),
                report(PrecisionChoice.BF16, examples),
                "glosstream " + Version.current() + " evaluate --check-precision");
        bundle.check(PrecisionChoice.BF16.code(), check);
        if (json) {
            out.println(new ObjectMapper().valueToTree(check).toString());
        } else {
            out.println(bundle.id() + " in bf16: " + check.describe() + "; auto "
                    + (check.allows()
                            ? "takes it where the processor has bf16"
                            : "stays with fp32, which needs " + PrecisionCheck.requirement()));
        }
        out.flush();
    }

    private Report report(PrecisionChoice precision, List<CorpusExample> examples) {
        try (BundleEvaluator evaluator = BundleEvaluator.open(bundle, precision)) {
            return evaluator.report(examples);
        }
    }

    private void requireParameters() {
        String format = bundle.manifest().weights().format();
        if (!format.equals(ModelManifest.Weights.DJL_PARAMETERS)) {
            throw new UsageException("--check-precision: expected a bundle of format '"
                    + ModelManifest.Weights.DJL_PARAMETERS + "', got " + bundle.id() + " of format '" + format
                    + "', which has one precision only");
        }
    }
}
