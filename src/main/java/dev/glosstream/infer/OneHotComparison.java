package dev.glosstream.infer;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * An embedding layer beside the product of a one-hot encoding with the same table: the same numbers, another price.
 *
 * @param rows ids, the rows of the table
 * @param dimension values per row
 * @param idBytes memory of the ids {@code [B, T]}
 * @param oneHotBytes memory of their one-hot encoding {@code [B, T, rows]}
 * @param tableBytes memory of the table, which both need
 * @param lookUpNanos median time to look the rows up
 * @param oneHotNanos median time to make the one-hot encoding and multiply
 * @param largestDifference between both results
 */
public record OneHotComparison(
        int rows,
        int dimension,
        long idBytes,
        long oneHotBytes,
        long tableBytes,
        long lookUpNanos,
        long oneHotNanos,
        double largestDifference) {
    /** Texts in the batch that is measured. */
    public static final int BATCH_SIZE = 32;
    /** Tokens of each. */
    public static final int LENGTH = 10;

    private static final int WARM_UP = 5;
    private static final int REPETITIONS = 21;
    private static final int SEED = 7;

    /**
     * Measures both ways on a batch {@code [32, 10]} of random ids, on the engine that serves.
     *
     * @param nanoTime the clock
     */
    public static OneHotComparison measure(int rows, int dimension, LongSupplier nanoTime) {
        try (Model model = LoadedModel.newModel("one-hot");
                NDManager manager = model.getNDManager().newSubManager()) {
            manager.getEngine().setRandomSeed(SEED);
            NDArray table = manager.randomNormal(new Shape(rows, dimension));
            NDArray ids = manager.randomInteger(0, rows, new Shape(BATCH_SIZE, LENGTH), DataType.INT64);
            Supplier<NDArray> lookUp = () -> EmbeddingTable.rows(ids, table);
            Supplier<NDArray> oneHot = () -> ids.oneHot(rows).matMul(table);
            return new OneHotComparison(
                    rows,
                    dimension,
                    ids.size() * Long.BYTES,
                    ids.size() * rows * Float.BYTES,
                    table.size() * Float.BYTES,
                    medianNanos(lookUp, nanoTime),
                    medianNanos(oneHot, nanoTime),
                    difference(lookUp, oneHot));
        }
    }

    private static double difference(Supplier<NDArray> one, Supplier<NDArray> other) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return one.get().sub(other.get()).abs().max().getFloat();
        }
    }

    private static long medianNanos(Supplier<NDArray> work, LongSupplier nanoTime) {
        long[] nanos = new long[REPETITIONS];
        for (int run = -WARM_UP; run < REPETITIONS; run++) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                long start = nanoTime.getAsLong();
                NDArray vectors = work.get();
                long end = nanoTime.getAsLong();
                if (run >= 0 && !vectors.isEmpty()) {
                    nanos[run] = end - start;
                }
            }
        }
        Arrays.sort(nanos);
        return nanos[REPETITIONS / 2];
    }
}
