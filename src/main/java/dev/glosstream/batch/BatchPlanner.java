package dev.glosstream.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts a window into batches of like length: sorted by sequence length, cut where {@code rows × longest row} would exceed
 * the token budget.
 *
 * <p>Moving boundaries instead of fixed length buckets keep padding low whatever the lengths are. Deterministic: equal
 * lengths stay in arrival order. Immutable; any number of threads may share one.
 */
public final class BatchPlanner {
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
     * @return for each batch the indices of its sequences; every index occurs exactly once
     */
    public List<List<Integer>> plan(List<Integer> sequenceLengths) {
        List<Integer> byLength = IntStream.range(0, sequenceLengths.size())
                .boxed()
                .sorted(Comparator.comparing(sequenceLengths::get))
                .toList();
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> batch = new ArrayList<>();
        for (Integer index : byLength) {
            long cells = (batch.size() + 1L) * sequenceLengths.get(index);
            if (!batch.isEmpty() && cells > tokenBudget) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(index);
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
