package dev.glosstream.pipeline;

import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.observe.PipelineListener;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Runs the stages on made-up texts until the first real one will be as quick as those after it.
 *
 * <p>What is slow the first time: Java code that is not compiled yet, native code and weights that are not paged in, kernels
 * that oneDNN makes for each shape of batch, and what libtorch sets up for each thread. So every class of shape that the
 * planner can make is labelled: lengths 1, 2, 4, … up to the longest that a model reads, each alone and as a full batch.
 *
 * <p>Run it on several threads at once, each with an own instance: the second thread that ever uses the engine pays more than
 * those that follow. One thread per instance.
 */
public final class WarmUp {
    private static final String WORDS = "Paris was lovely in 2019 , they said ! ";
    private static final int WORDS_COUNT = 9;
    private static final int USUAL_LENGTH = 16;
    private static final int SINGLE_TEXTS = 100;
    private static final LimitSettings NO_LIMITS = new LimitSettings(1_000_000, 64 << 20);

    private final List<TaskModel> models;
    private final BatchingSettings batching;

    /**
     * Creates a warm-up.
     *
     * @param models those that will serve, at most one per task
     * @param batching those of the pipeline: they bound the shapes
     */
    public WarmUp(List<TaskModel> models, BatchingSettings batching) {
        this.models = List.copyOf(models);
        this.batching = batching;
    }

    /**
     * Labels a window of each shape, shortest first, and then single texts of usual length.
     *
     * @param goOn asked before each window; once it says false, the warm-up ends early
     * @return how many texts were labelled
     * @throws ModelFaultException if a model cannot answer
     */
    public int run(BooleanSupplier goOn) {
        int texts = 0;
        try (TextLabeller labeller = new TextLabeller(models, NO_LIMITS, batching, PipelineListener.SILENT)) {
            for (List<PreparedText> window : windows(labeller)) {
                if (!goOn.getAsBoolean()) {
                    return texts;
                }
                labeller.label(window);
                texts += window.size();
            }
        }
        return texts;
    }

    private List<List<PreparedText>> windows(TextLabeller labeller) {
        List<List<PreparedText>> windows = new ArrayList<>();
        for (int length : lengths()) {
            PreparedText text = text(labeller, length);
            windows.add(List.of(text));
            windows.add(Collections.nCopies(rows(length), text));
        }
        PreparedText usual = text(labeller, Math.min(USUAL_LENGTH, longest()));
        windows.addAll(Collections.nCopies(SINGLE_TEXTS, List.of(usual)));
        return windows;
    }

    /** Returns 1, 2, 4, … and the longest that a model reads. */
    List<Integer> lengths() {
        List<Integer> lengths = new ArrayList<>();
        for (int length = 1; length < longest(); length *= 2) {
            lengths.add(length);
        }
        lengths.add(longest());
        return lengths;
    }

    /** Returns how many texts of a length make the fullest batch. */
    int rows(int length) {
        return Math.max(1, Math.min(batching.maxRecords(), batching.tokenBudget() / length));
    }

    private int longest() {
        return models.stream()
                .map(TaskModel::bundle)
                .mapToInt(bundle -> bundle.manifest().architecture().maxSequenceLength())
                .max()
                .orElse(1);
    }

    /** Returns a text of so many tokens. */
    private static PreparedText text(TextLabeller labeller, int length) {
        List<String> words = List.of(WORDS.repeat(length / WORDS_COUNT + 1).split(" "));
        return labeller.prepare(String.join(" ", words.subList(0, length))).fold(ready -> ready, rejection -> {
            throw new IllegalStateException("warm-up: expected a text of " + length + " tokens, got " + rejection);
        });
    }
}
