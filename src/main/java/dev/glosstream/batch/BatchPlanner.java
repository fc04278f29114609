package dev.glosstream.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts a window into batches of like length, so that the models take the least time.
 *
 * <p>A batch of {@code B} rows padded to {@code T} tokens takes time in proportion to {@code T (B + 1) + }{@value
 * #CELLS_OF_A_BATCH}: each of the {@code T} steps of an LSTM costs something for each row, and as much as a row's worth however
 * many there are; the call itself costs as much as so many cells. Measured with the shipped models ({@code mvn -Pbench},
 * {@code BatchShapeBenchmark}). So few long batches waste cells on padding, and many short ones waste calls. Sorted by
 * length, the best cuts into batches of {@link #ROWS} rows are found exactly, by dynamic programming: {@code O(n log n)} for
 * {@code n} sequences. No batch has more cells than the token budget.
 *
 * <p>Deterministic: equal lengths stay in arrival order. Immutable; any number of threads may share one.
 */
public final class BatchPlanner {
    /**
     * How many rows a batch may have: few different numbers, because the engine writes machine code for each shape of a batch
     * when it first meets it, which takes milliseconds per model, and remembers a thousand.
     */
    public static final List<Integer> ROWS =
            List.of(1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024);

    /** What each step of a batch costs besides its rows, in rows. */
    static final int ROWS_OF_A_STEP = 1;
    /** What each batch costs besides its steps, in cells. */
    static final int CELLS_OF_A_BATCH = 45;

    private final int tokenBudget;

    /**
     * Creates a planner.
     *
     * @param tokenBudget most cells (rows × longest row) of a batch, at least 1; a single longer sequence still gets a
     *     batch, its own
     */
    public BatchPlanner(int tokenBudget) {
        if (tokenBudget < 1) {
            throw new IllegalArgumentException("batch planner: expected tokenBudget at least 1, got " + tokenBudget);
        }
        this.tokenBudget = tokenBudget;
    }

    /**
     * Plans the batches of a window.
     *
     * @param sequenceLengths tokens of each sequence, in arrival order
     * @return for each batch the indices of its sequences, shortest batch first; every index occurs exactly once
     */
    public List<List<Integer>> plan(List<Integer> sequenceLengths) {
        List<Integer> byLength = IntStream.range(0, sequenceLengths.size())
                .boxed()
                .sorted(Comparator.comparing(sequenceLengths::get))
                .toList();
        int[] starts =
                cheapestStarts(byLength.stream().mapToInt(sequenceLengths::get).toArray());
        List<List<Integer>> batches = new ArrayList<>();
        for (int end = byLength.size(); end > 0; end = starts[end]) {
            batches.add(byLength.subList(starts[end], end));
        }
        Collections.reverse(batches);
        return batches;
    }

    /** Returns for each number of rows where the last of their batches begins, at the least cost of all. */
    private int[] cheapestStarts(int[] lengths) {
        int[] starts = new int[lengths.length + 1];
        long[] costs = new long[lengths.length + 1];
        for (int end = 1; end <= lengths.length; end++) {
            long length = lengths[end - 1];
            int most = (int) Math.max(1, Math.min(end, tokenBudget / length));
            costs[end] = Long.MAX_VALUE;
            for (int index = 0; index < ROWS.size() && ROWS.get(index) <= most; index++) {
                int rows = ROWS.get(index);
                long cost = costs[end - rows] + length * (rows + ROWS_OF_A_STEP) + CELLS_OF_A_BATCH;
                if (cost < costs[end]) {
                    costs[end] = cost;
                    starts[end] = end - rows;
                }
            }
        }
        return starts;
    }
}
