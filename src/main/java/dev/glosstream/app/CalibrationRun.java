package dev.glosstream.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.evaluate.BundleEvaluator;
import dev.glosstream.train.evaluate.Report;
import dev.glosstream.train.evaluate.Temperature;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Fits the temperature of a bundle anew and writes it into its manifest. */
final class CalibrationRun {
    private final ModelBundle bundle;
    private final List<EvaluateCommand.Texts> data;

    /** Creates a run. */
    CalibrationRun(ModelBundle bundle, List<EvaluateCommand.Texts> data) {
        this.bundle = bundle;
        this.data = List.copyOf(data);
    }

    /** Fits on all texts together, writes, and says what changed. */
    void run(PrintWriter out, boolean json) throws IOException {
        if (bundle.task() != Task.SENTIMENT) {
            throw new UsageException("--calibrate: expected a bundle of sentiment, got " + bundle.id() + " of "
                    + bundle.task().code() + ", whose probabilities come from its CRF");
        }
        List<CorpusExample> examples = new ArrayList<>();
        data.forEach(texts -> examples.addAll(texts.examples()));
        Report report = BundleEvaluator.evaluate(bundle, examples);
        String name = data.stream().map(EvaluateCommand.Texts::name).collect(Collectors.joining(", "));
        double present = bundle.manifest().calibration().temperature();
        ModelManifest.Calibration fitted = Temperature.calibrate(name, report, present)
                .orElseThrow(() -> new UsageException("--calibrate: expected at least " + Temperature.FEWEST_TEXTS
                        + " texts that are answered, not all of them right, got " + examples.size()
                        + " texts; give dev data of the kind that the model will read"));
        bundle.calibrate(fitted);
        if (json) {
            out.println(new ObjectMapper().valueToTree(fitted).toString());
        } else {
            out.printf(
                    Locale.ROOT,
                    "%s: temperature %.4f, was %.4f; calibration error on %s (%,d texts) %.4f, was %.4f%n",
                    bundle.id(),
                    fitted.temperature(),
                    present,
                    name,
                    fitted.examples(),
                    fitted.errorAfter(),
                    fitted.errorBefore());
        }
        out.flush();
    }
}
