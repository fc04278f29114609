package dev.glosstream.train.evaluate;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.train.corpus.CorpusExample;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Measures a bundle on labelled texts, through the stages that serve: the same limits, windows and batches as a pipeline
 * that was not configured. One thread; close it to release the native memory of the model.
 */
public final class BundleEvaluator implements AutoCloseable {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int WINDOW = BatchingSettings.DEFAULT.maxRecords();

    private final ModelBundle bundle;
    private final LoadedModel model;

    private BundleEvaluator(LoadedModel model) {
        this.bundle = model.bundle();
        this.model = model;
    }

    /**
     * Loads a bundle as it is served on the processor.
     *
     * @param precision in which arithmetic
     * @throws dev.glosstream.model.BundleException if it cannot be used
     * @throws dev.glosstream.config.ConfigException if the bundle cannot have that precision
     */
    public static BundleEvaluator open(ModelBundle bundle, PrecisionChoice precision) {
        return new BundleEvaluator(LoadedModel.load(bundle, DeviceChoice.CPU, precision));
    }

    /** Labels every text with the bundle, in the precision that {@code auto} gives it, and judges the answers. */
    public static Report evaluate(ModelBundle bundle, List<CorpusExample> examples) {
        try (BundleEvaluator evaluator = open(bundle, PrecisionChoice.AUTO)) {
            return evaluator.report(examples);
        }
    }

    /** Labels every text and judges the answers. */
    public Report report(List<CorpusExample> examples) {
        return report(TaskModel.of(model), examples);
    }

    /** Labels every text with a model and judges the answers. */
    static Report report(TaskModel model, List<CorpusExample> examples) {
        try (TextLabeller labeller = new TextLabeller(
                List.of(model), LimitSettings.DEFAULT, BatchingSettings.DEFAULT, new BatchStatistics())) {
            List<Outcome<Labels>> answers = new ArrayList<>(examples.size());
            for (int start = 0; start < examples.size(); start += WINDOW) {
                answers.addAll(label(labeller, examples.subList(start, Math.min(examples.size(), start + WINDOW))));
            }
            return Report.of(model.task(), model.bundle().manifest().labels(), examples, answers);
        }
    }

    /**
     * Labels every text, judges the answers, and measures how fast that is.
     *
     * @param nanoTime a clock in nanoseconds
     */
    public Measured measure(List<CorpusExample> examples, LongSupplier nanoTime) {
        long start = nanoTime.getAsLong();
        Report report = report(examples);
        double seconds = (nanoTime.getAsLong() - start) / NANOS_PER_SECOND;
        ModelSpeed speed = ModelSpeed.measure(TaskModel.of(model), examples, nanoTime);
        return new Measured(
                bundle.id(), model.precision(), report, speed, Ratios.ratio((double) report.tokens(), seconds));
    }

    /** Returns the bundle. */
    public ModelBundle bundle() {
        return bundle;
    }

    private static List<Outcome<Labels>> label(TextLabeller labeller, List<CorpusExample> window) {
        List<Outcome<PreparedText>> prepared =
                window.stream().map(example -> labeller.prepare(example.text())).toList();
        List<PreparedText> accepted =
                prepared.stream().flatMap(outcome -> present(outcome).stream()).toList();
        Iterator<Outcome<Labels>> labelled = labeller.label(accepted).iterator();
        return prepared.stream()
                .map(outcome -> outcome.<Labels>then(unused -> labelled.next()))
                .toList();
    }

    private static <T> Optional<T> present(Outcome<T> outcome) {
        return outcome.fold(Optional::of, rejection -> Optional.empty());
    }

    /** Releases the native memory. */
    @Override
    public void close() {
        model.close();
    }
}
