package dev.glosstream.pipeline;

import dev.glosstream.batch.BatchPlanner;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.infer.torchscript.LstmPieces;
import dev.glosstream.observe.PipelineListener;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Runs the stages on made-up texts until the first real one will be as quick as those after it.
 *
 * <p>What is slow the first time: Java code that is not compiled yet, native code and weights that are not paged in,
 * machine code that oneDNN writes for each shape of batch, and what libtorch sets up for each thread. So a batch of every
 * shape that is read {@linkplain LstmPieces in one piece} is labelled, up to {@link #MOST_ROWS}, then the longest text,
 * alone and as a full batch.
 *
 * <p>Any number of threads may run it at once: they share the shapes, which oneDNN keeps for all, and then label single texts,
 * each by itself.
 */
public final class WarmUp {
    /** Larger batches come under a backlog alone, where the moment that their shapes take is not felt. */
    private static final int MOST_ROWS = 64;

    private static final String WORDS = "Paris was lovely in 2019 , they said ! ";
    private static final int WORDS_COUNT = 9;
    private static final int USUAL_LENGTH = 16;
    private static final int SINGLE_TEXTS = 20;
    private static final LimitSettings NO_LIMITS = new LimitSettings(1_000_000, 64 << 20);

    private final List<TaskModel> models;
    private final BatchingSettings batching;
    private final Queue<Shape> shapes;

    /** A batch of texts of the same length, in tokens. */
    record Shape(int rows, int length) {}

    /**
     * Creates a warm-up.
     *
     * @param models those that will serve, at most one per task
     * @param batching those of the pipeline: they bound the shapes
     */
    public WarmUp(List<TaskModel> models, BatchingSettings batching) {
        this.models = List.copyOf(models);
        this.batching = batching;
        this.shapes = new ConcurrentLinkedQueue<>(shapes());
    }

    /**
     * Labels a window of each shape that no other thread has taken, least cells first, and then single texts of usual length.
     *
     * @param goOn asked before each window; once it says false, the warm-up ends early
     * @return how many texts were labelled
     * @throws ModelFaultException if a model cannot answer
     */
    public int run(BooleanSupplier goOn) {
        int texts = 0;
        try (TextLabeller labeller = new TextLabeller(models, NO_LIMITS, batching, PipelineListener.SILENT)) {
            for (Shape shape = shapes.poll(); shape != null && goOn.getAsBoolean(); shape = shapes.poll()) {
                labeller.label(Collections.nCopies(shape.rows(), text(labeller, shape.length())));
                texts += shape.rows();
            }
            PreparedText usual = text(labeller, Math.min(USUAL_LENGTH, longest()));
            for (int text = 0; text < SINGLE_TEXTS && goOn.getAsBoolean(); text++) {
                labeller.label(List.of(usual));
                texts++;
            }
        }
        return texts;
    }

    private List<Shape> shapes() {
        int longest = longest();
        Stream<Shape> pieces = BatchPlanner.ROWS.stream()
                .filter(rows -> rows <= Math.min(MOST_ROWS, batching.maxRecords()))
                .flatMap(rows -> LstmPieces.lengths(rows).stream().map(length -> new Shape(rows, length)))
                .filter(shape -> shape.length() <= longest && shape.rows() <= rows(shape.length()));
        return Stream.concat(pieces, Stream.of(new Shape(1, longest), new Shape(rows(longest), longest)))
                .distinct()
                .sorted(Comparator.comparing(shape -> shape.rows() * shape.length()))
                .toList();
    }

    /** Returns how many texts of a length make the fullest batch. */
    private int rows(int length) {
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
