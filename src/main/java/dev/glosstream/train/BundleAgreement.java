package dev.glosstream.train;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.List;

/**
 * How far two bundles of one task agree on texts, by the stages that serve.
 *
 * @param texts texts compared; those that are refused are left out
 * @param largestDifference largest absolute difference of any logit of any text
 * @param sameLabels texts whose labels are the same: class, or all entities with type and offsets
 */
public record BundleAgreement(int texts, double largestDifference, int sameLabels) {
    private static final int BATCH = 32;
    private static final LimitSettings NO_LIMITS = new LimitSettings(1_000_000, 64 << 20);

    /** Compares two bundles that read the same ids of a text. */
    public static BundleAgreement of(ModelBundle left, ModelBundle right, List<String> texts) {
        if (left.task() != right.task()) {
            throw new IllegalArgumentException("agreement: expected bundles of one task, got " + left.id() + " for "
                    + left.task().code() + " and " + right.id() + " for "
                    + right.task().code());
        }
        try (LoadedModel first = LoadedModel.load(left);
                LoadedModel second = LoadedModel.load(right);
                TextLabeller one = labeller(first);
                TextLabeller other = labeller(second)) {
            List<PreparedText> prepared = texts.stream()
                    .map(one::prepare)
                    .flatMap(text -> text.fold(List::of, rejection -> List.<PreparedText>of()).stream())
                    .toList();
            return new BundleAgreement(
                    prepared.size(),
                    largestDifference(first, second, prepared),
                    same(one.label(prepared), other.label(prepared)));
        }
    }

    private static TextLabeller labeller(LoadedModel model) {
        return new TextLabeller(
                List.of(TaskModel.of(model)), NO_LIMITS, BatchingSettings.DEFAULT, new BatchStatistics());
    }

    /** Batches in the order of the texts, so that rows of all lengths meet. */
    private static double largestDifference(LoadedModel first, LoadedModel second, List<PreparedText> texts) {
        double largest = 0;
        try (SequenceScorer one = first.newScorer();
                SequenceScorer other = second.newScorer()) {
            for (int start = 0; start < texts.size(); start += BATCH) {
                List<TokenIds> ids = texts.subList(start, Math.min(texts.size(), start + BATCH)).stream()
                        .flatMap(text -> text.ids().values().stream())
                        .toList();
                PaddedBatch batch = new PaddedBatch(ids);
                List<ScoreMatrix> expected = one.score(batch);
                List<ScoreMatrix> found = other.score(batch);
                for (int row = 0; row < ids.size(); row++) {
                    largest = Math.max(largest, difference(expected.get(row), found.get(row)));
                }
            }
        }
        return largest;
    }

    private static double difference(ScoreMatrix left, ScoreMatrix right) {
        double largest = 0;
        for (int row = 0; row < left.rows(); row++) {
            for (int column = 0; column < left.columns(); column++) {
                largest = Math.max(largest, Math.abs((double) left.at(row, column) - right.at(row, column)));
            }
        }
        return largest;
    }

    private static int same(List<Outcome<Labels>> left, List<Outcome<Labels>> right) {
        int same = 0;
        for (int index = 0; index < left.size(); index++) {
            same += answer(left.get(index)).equals(answer(right.get(index))) ? 1 : 0;
        }
        return same;
    }

    /** Labels without their probabilities. */
    private static List<String> answer(Outcome<Labels> outcome) {
        List<String> answer = new ArrayList<>();
        outcome.fold(
                labels -> {
                    labels.sentiment().map(Sentiment::label).ifPresent(answer::add);
                    labels.entities().orElse(List.of()).forEach(entity -> answer.add(span(entity)));
                    return true;
                },
                rejection -> answer.add(rejection.reason().name()));
        return answer;
    }

    private static String span(Entity entity) {
        return entity.type() + " " + entity.charStart() + " " + entity.charEnd();
    }

    /** Returns the share of texts whose labels are the same, 1 if there is no text. */
    public double sameShare() {
        return texts == 0 ? 1 : (double) sameLabels / texts;
    }
}
