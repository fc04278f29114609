package dev.glosstream.train;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures a bundle on labelled texts, through the stages that serve. */
public final class BundleEvaluator {
    private static final int WINDOW = 4096;
    private static final LimitSettings NO_LIMITS = new LimitSettings(1_000_000, 64 << 20);

    private BundleEvaluator() {}

    /** Labels every text with the bundle and counts. */
    public static Report evaluate(ModelBundle bundle, List<CorpusExample> examples) {
        try (LoadedModel model = LoadedModel.load(bundle);
                TextLabeller labeller = new TextLabeller(
                        List.of(TaskModel.of(model)), NO_LIMITS, BatchingSettings.DEFAULT, new BatchStatistics())) {
            List<String> labels = bundle.manifest().labels();
            return bundle.task() == Task.SENTIMENT
                    ? sentiment(labeller, examples, new ClassificationReport(labels))
                    : entities(labeller, examples, new SpanReport(labels));
        }
    }

    private static Report sentiment(TextLabeller labeller, List<CorpusExample> examples, ClassificationReport report) {
        List<Optional<Labels>> answers = label(labeller, examples);
        for (int index = 0; index < examples.size(); index++) {
            String predicted = answers.get(index)
                    .flatMap(Labels::sentiment)
                    .map(Sentiment::label)
                    .orElse("");
            report.add(examples.get(index).label(), predicted);
        }
        return report;
    }

    private static Report entities(TextLabeller labeller, List<CorpusExample> examples, SpanReport report) {
        List<Optional<Labels>> answers = label(labeller, examples);
        for (int index = 0; index < examples.size(); index++) {
            report.add(
                    examples.get(index).entities(),
                    answers.get(index).flatMap(Labels::entities).orElse(List.of()));
        }
        return report;
    }

    /** Returns the labels of each text, empty if it is refused. */
    private static List<Optional<Labels>> label(TextLabeller labeller, List<CorpusExample> examples) {
        List<Optional<Labels>> answers = new ArrayList<>(examples.size());
        for (int start = 0; start < examples.size(); start += WINDOW) {
            List<Outcome<PreparedText>> window =
                    examples.subList(start, Math.min(examples.size(), start + WINDOW)).stream()
                            .map(example -> labeller.prepare(example.text()))
                            .toList();
            List<PreparedText> accepted = window.stream()
                    .flatMap(outcome -> present(outcome).stream())
                    .toList();
            List<Outcome<Labels>> labelled = labeller.label(accepted);
            int next = 0;
            for (Outcome<PreparedText> outcome : window) {
                boolean isAccepted = present(outcome).isPresent();
                answers.add(isAccepted ? present(labelled.get(next)) : Optional.empty());
                next += isAccepted ? 1 : 0;
            }
        }
        return answers;
    }

    private static <T> Optional<T> present(Outcome<T> outcome) {
        return outcome.fold(Optional::of, rejection -> Optional.empty());
    }
}
