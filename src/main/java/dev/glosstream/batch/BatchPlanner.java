package dev.glosstream.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Cuts a window into batches of like length, so that the models take the least time.
 *
 * <p>A batch of {@code B} rows padded to {@code T} tokens takes time in proportion to {@code T (B + R)}: each of the {@code
 * T} steps of an LSTM costs something for each row, and something however many rows there are; {@value #ROWS_OF_A_BATCH}
 * rows' worth as measured ({@code mvn -Pbench}, {@code BatchShapeBenchmark}). So few long batches waste cells on padding,
 * and many short ones waste steps. Sorted by length, the best cuts are found exactly, by dynamic programming over the
 * lengths that occur: {@code O(n + k²)} for {@code n} sequences of {@code k} different lengths. No batch has more cells
 * than the token budget.
 *
 * <p>Deterministic: equal lengths stay in arrival order. Immutable; any number of threads may share one.
 */
public final class BatchPlanner {
    /** What each batch costs besides its rows, in rows. */
    static final int ROWS_OF_A_BATCH = 7;

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

    /** Sequences of one length, in arrival order. */
    private record Group(int length, List<Integer> indices) {}

    /**
     * Plans the batches of a window.
     *
     * @param sequenceLengths tokens of each sequence, in arrival order
     * @return for each batch the indices of its sequences, shortest batch first; every index occurs exactly once
     */
    public List<List<Integer>> plan(List<Integer> sequenceLengths) {
        List<Group> groups = groups(sequenceLengths);
        int[] starts = cheapestStarts(groups);
        List<List<Integer>> batches = new ArrayList<>();
        for (int end = groups.size(); end > 0; end = starts[end]) {
            addBatches(groups.subList(starts[end], end), batches);
        }
        Collections.reverse(batches);
        return batches;
    }

    private static List<Group> groups(List<Integer> sequenceLengths) {
        Map<Integer, List<Integer>> byLength = new TreeMap<>();
        for (int index = 0; index < sequenceLengths.size(); index++) {
            byLength.computeIfAbsent(sequenceLengths.get(index), length -> new ArrayList<>())
                    .add(index);
        }
        return byLength.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Returns for each number of groups where the last stretch that shares its padding begins, at the least cost. */
    private int[] cheapestStarts(List<Group> groups) {
        int[] starts = new int[groups.size() + 1];
        long[] costs = new long[groups.size() + 1];
        for (int end = 1; end <= groups.size(); end++) {
            int length = groups.get(end - 1).length();
            costs[end] = Long.MAX_VALUE;
            long rows = 0;
            for (int start = end - 1; start >= 0; start--) {
                rows += groups.get(start).indices().size();
                long cost = costs[start] + length * (rows + (long) ROWS_OF_A_BATCH * batchesOf(rows, length));
                if (cost < costs[end]) {
                    costs[end] = cost;
                    starts[end] = start;
                }
            }
        }
        return starts;
    }

    /** Returns into how many batches the budget cuts rows of a length. */
    private int batchesOf(long rows, int length) {
        long most = Math.max(1, tokenBudget / length);
        return Math.toIntExact((rows + most - 1) / most);
    }

    /** Adds the batches of a stretch, as even as can be, the longest first. */
    private void addBatches(List<Group> stretch, List<List<Integer>> batches) {
        List<Integer> rows =
                stretch.stream().flatMap(group -> group.indices().stream()).toList();
        int count = batchesOf(rows.size(), stretch.get(stretch.size() - 1).length());
        for (int batch = count; batch > 0; batch--) {
            long first = (long) rows.size() * (batch - 1) / count;
            long end = (long) rows.size() * batch / count;
            batches.add(rows.subList((int) first, (int) end));
        }
    }
}
