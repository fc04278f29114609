package dev.glosstream.pipeline;

import dev.glosstream.batch.BatchPlanner;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.infer.JointScorer;
import dev.glosstream.label.EntityDecoder;
import dev.glosstream.label.LinearChainCrf;
import dev.glosstream.label.SentimentDecoder;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All stages between a text and its labels: check, tokenize, batch, infer, decode.
 *
 * <p>The labels of a text do not depend on the other texts of its window. One thread; close it to release its scorers, the
 * loaded models stay.
 */
public final class TextLabeller implements AutoCloseable {
    private final TextPreparer preparer;
    private final List<TaskGroup> groups = new ArrayList<>();
    private final List<JointScorer> scorers = new ArrayList<>();
    private final PipelineListener listener;
    private final BatchPlanner planner;
    private @Nullable SentimentDecoder sentimentDecoder;
    private @Nullable EntityDecoder entityDecoder;

    /** Tasks whose models share an encoder, or one alone, in the order of the scorer's answers. */
    private record TaskGroup(List<Task> tasks, BatchScorer scorer) {}

    /**
     * Puts the stages together.
     *
     * @param models at most one per task
     * @param limits what is refused
     * @param batching only its token budget is used: the caller decides what makes a window
     * @param listener hears of texts, windows and batches
     */
    public TextLabeller(
            List<TaskModel> models, LimitSettings limits, BatchingSettings batching, PipelineListener listener) {
        this.preparer = new TextPreparer(models.stream().map(TaskModel::bundle).toList(), limits, listener);
        this.listener = listener;
        this.planner = new BatchPlanner(batching.tokenBudget());
        try {
            grouped(models).forEach(this::add);
        } catch (RuntimeException e) {
            // Nobody will close what was never made.
            scorers.forEach(JointScorer::close);
            throw e;
        }
    }

    private static List<List<TaskModel>> grouped(List<TaskModel> models) {
        List<List<TaskModel>> groups = new ArrayList<>();
        for (TaskModel model : models) {
            groups.stream()
                    .filter(group -> group.get(0).sharesEncoder(model))
                    .findFirst()
                    .orElseGet(() -> {
                        groups.add(new ArrayList<>());
                        return groups.get(groups.size() - 1);
                    })
                    .add(model);
        }
        return groups;
    }

    private void add(List<TaskModel> group) {
        JointScorer scorer = TaskModel.newScorer(group);
        scorers.add(scorer);
        List<Task> tasks = group.stream().map(TaskModel::task).toList();
        groups.add(new TaskGroup(tasks, new BatchScorer(EnumSet.copyOf(tasks), scorer, listener)));
        group.forEach(this::addDecoder);
    }

    private void addDecoder(TaskModel model) {
        List<String> labels = model.bundle().manifest().labels();
        if (model.task() == Task.SENTIMENT) {
            sentimentDecoder = new SentimentDecoder(
                    labels, model.bundle().manifest().calibration().temperature());
        } else {
            entityDecoder = new EntityDecoder(
                    new LinearChainCrf(BioTagSet.of(labels), model.bundle().transitions()));
        }
    }

    /** Checks and tokenizes a text and looks its tokens up. */
    public Outcome<PreparedText> prepare(String text) {
        return preparer.prepare(text);
    }

    /**
     * Labels a window.
     *
     * @return one outcome per text, in their order
     * @throws ModelFaultException if a model fails on everything; nothing of the window is labelled then
     */
    public List<Outcome<Labels>> label(List<PreparedText> texts) {
        if (!texts.isEmpty()) {
            listener.windowClosed(texts.size());
        }
        // Once for all models: they read the same tokens.
        List<List<Integer>> batches =
                planner.plan(texts.stream().map(PreparedText::sequenceLength).toList());
        Map<Task, List<Outcome<ScoreMatrix>>> scores = new EnumMap<>(Task.class);
        groups.forEach(group -> score(group, texts, batches, scores));
        List<Outcome<Labels>> outcomes = new ArrayList<>(texts.size());
        for (int index = 0; index < texts.size(); index++) {
            outcomes.add(decode(texts.get(index), scores, index));
        }
        return Collections.unmodifiableList(outcomes);
    }

    /** Models of one encoder read the same ids: those of the first task. */
    private static void score(
            TaskGroup group,
            List<PreparedText> texts,
            List<List<Integer>> batches,
            Map<Task, List<Outcome<ScoreMatrix>>> scores) {
        Task first = group.tasks().get(0);
        List<Outcome<List<ScoreMatrix>>> outcomes = group.scorer()
                .score(texts.stream().map(text -> taskIds(text, first)).toList(), batches);
        for (int task = 0; task < group.tasks().size(); task++) {
            int answer = task;
            scores.put(
                    group.tasks().get(task),
                    outcomes.stream()
                            .map(outcome -> outcome.then(each -> Outcome.accepted(each.get(answer))))
                            .toList());
        }
    }

    private static TokenIds taskIds(PreparedText text, Task task) {
        TokenIds ids = text.ids().get(task);
        if (ids == null) {
            throw new IllegalArgumentException("prepared text: expected token ids for '" + task.code()
                    + "', got none; prepare it with this labeller");
        }
        return ids;
    }

    private Outcome<Labels> decode(PreparedText text, Map<Task, List<Outcome<ScoreMatrix>>> scores, int index) {
        Outcome<Optional<Sentiment>> sentiment =
                decode(scores.get(Task.SENTIMENT), index, logits -> requirePresent(sentimentDecoder)
                        .decode(logits));
        return sentiment.then(mood -> {
            Outcome<Optional<List<Entity>>> entities =
                    decode(scores.get(Task.ENTITIES), index, emissions -> requirePresent(entityDecoder)
                            .decode(text.text(), emissions));
            return entities.then(spans -> Outcome.accepted(
                    new Labels(mood, spans, text.text().tokens().size(), text.isTruncated())));
        });
    }

    private static <T> Outcome<Optional<T>> decode(
            @Nullable List<Outcome<ScoreMatrix>> scores, int index, Function<ScoreMatrix, T> decoder) {
        if (scores == null) {
            return Outcome.accepted(Optional.empty());
        }
        return scores.get(index).then(matrix -> Outcome.accepted(Optional.of(decoder.apply(matrix))));
    }

    private static <T> T requirePresent(@Nullable T decoder) {
        if (decoder == null) {
            throw new IllegalStateException("a task has scores but no decoder");
        }
        return decoder;
    }

    /** Releases the scorers. */
    @Override
    public void close() {
        scorers.forEach(JointScorer::close);
    }
}
