package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.glosstream.model.BundleException;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a TorchScript file must take and give to serve a bundle, and the trial that shows whether it does.
 *
 * <p>A file is a program of somebody else: nothing but running it tells what it does. The trial batch holds a long and a
 * short text of the highest ids that each column can have, so that a table that is too small is found too, and the short
 * text again alone, so that a program that reads padding is found.
 */
final class TorchScriptSignature {
    private static final int LONG = 12;
    private static final int SHORT = 2;
    /** Wide enough for arithmetic in bfloat16. */
    private static final double TOLERANCE = 0.05;

    private static final String FAILED_INSIDE = "RuntimeError: ";
    private static final String LIBTORCH_NOISE = "\nException raised from";

    private final ModelBundle bundle;
    private final int classes;
    private final boolean perToken;

    TorchScriptSignature(ModelBundle bundle) {
        this.bundle = bundle;
        this.perToken = bundle.task() == Task.ENTITIES;
        List<String> labels = bundle.manifest().labels();
        this.classes = perToken ? BioTagSet.of(labels).size() : labels.size();
    }

    /**
     * Requires that a module keeps to the signature.
     *
     * @throws IllegalArgumentException saying what was found instead
     * @throws ai.djl.engine.EngineException with what libtorch says
     */
    void require(TorchScriptModule module) {
        try (NDManager manager = module.newManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            tryOut(module, manager);
        }
    }

    private void tryOut(TorchScriptModule module, NDManager manager) {
        PaddedBatch together = new PaddedBatch(List.of(text(LONG), text(SHORT)));
        ScoreMatrix beside = scores(module, manager, together).get(1);
        ScoreMatrix alone =
                scores(module, manager, new PaddedBatch(List.of(text(SHORT)))).get(0);
        double difference = largestDifference(beside, alone);
        if (!(difference < TOLERANCE)) {
            throw new IllegalArgumentException("scores of a text that differ by "
                    + String.format(Locale.ROOT, "%.3f", difference)
                    + " when it stands beside a longer one: it reads what lies behind a text's length");
        }
    }

    private List<ScoreMatrix> scores(TorchScriptModule module, NDManager manager, PaddedBatch batch) {
        NDArray scores = module.run(manager, new BatchBuffers().inputs(manager, batch));
        Shape expected = perToken
                ? new Shape(batch.batchSize(), batch.paddedLength(), classes)
                : new Shape(batch.batchSize(), classes);
        if (!scores.getShape().equals(expected)) {
            throw new IllegalArgumentException("output float32 " + scores.getShape() + " where " + expected
                    + " is due, for B = " + batch.batchSize() + " and T = " + batch.paddedLength());
        }
        List<ScoreMatrix> matrices = ScoreTranslator.cut(batch, scores);
        if (!matrices.stream().allMatch(ScoreMatrix::isFinite)) {
            throw new IllegalArgumentException("output that is not finite");
        }
        return matrices;
    }

    private TokenIds text(int length) {
        List<TokenColumn> columns = columns();
        int[][] ids = new int[columns.size()][];
        for (int column = 0; column < ids.length; column++) {
            ids[column] = new int[length * columns.get(column).idsPerToken()];
            Arrays.fill(ids[column], bundle.ids().get(column).size() - 1);
        }
        return new TokenIds(length, ids);
    }

    private List<TokenColumn> columns() {
        return bundle.manifest().architecture().columns();
    }

    private static double largestDifference(ScoreMatrix left, ScoreMatrix right) {
        double largest = 0;
        for (int row = 0; row < left.rows(); row++) {
            for (int column = 0; column < left.columns(); column++) {
                double of = Math.abs(left.at(row, column) - right.at(row, column));
                largest = Math.max(largest, of / (1 + Math.abs(right.at(row, column))));
            }
        }
        return largest;
    }

    /** Returns the exception that refuses a file because of a fault. */
    BundleException refusal(Exception fault) {
        return new BundleException(
                "model '" + bundle.id() + "': expected '"
                        + bundle.manifest().weights().file() + "' to be a TorchScript module " + this + ", got "
                        + firstWords(fault)
                        + "; write it with 'glosstream export --torchscript' or with training/train.py",
                fault);
    }

    /** What libtorch says, without its own stack; of a program that failed inside, its last words alone. */
    static String firstWords(Exception e) {
        String said = String.valueOf(e.getMessage());
        int inside = said.lastIndexOf(FAILED_INSIDE);
        String words = inside < 0 ? said : said.substring(inside);
        int end = words.indexOf(LIBTORCH_NOISE);
        return (end < 0 ? words : words.substring(0, end)).strip().replaceAll("\\s+", " ");
    }

    @Override
    public String toString() {
        String ids = IntStream.range(0, columns().size())
                .mapToObj(
                        column -> "ids" + column + " int64 " + idShape(columns().get(column)))
                .collect(Collectors.joining(", "));
        return "forward(" + ids + ", lengths int64 [B]) -> float32 " + (perToken ? "[B, T, " : "[B, ") + classes + "]";
    }

    private static String idShape(TokenColumn column) {
        return column.idsPerToken() == 1 ? "[B, T]" : "[B, T, " + column.idsPerToken() + "]";
    }
}
