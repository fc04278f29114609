package dev.glosstream.train;

/**
 * Moves parameters along their gradients, row by row, on the Java heap.
 *
 * <p>A row that no step looks up has a gradient of zero, and an optimiser with a memory moves it all the same. That is made
 * up for when the row is next needed: {@link #settle} does in one go what the steps in between would have done.
 */
interface WeightOptimizer {
    /**
     * Brings a row to a step, as if every step after its last one had had a gradient of zero.
     *
     * @param step counted from 1; nothing happens if the row is there already
     */
    void settle(HeapParameter parameter, int row, int step);

    /**
     * Moves rows by a gradient; they have been settled to the step before.
     *
     * @param rows which rows
     * @param gradient of these rows, one after another
     * @param step counted from 1
     */
    void update(HeapParameter parameter, int[] rows, float[] gradient, int step);

    /** Settles every row. */
    default void settleAll(HeapParameter parameter, int step) {
        for (int row = 0; row < parameter.rows(); row++) {
            settle(parameter, row, step);
        }
    }
}
