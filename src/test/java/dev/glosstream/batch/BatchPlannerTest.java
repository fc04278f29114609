package dev.glosstream.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BatchPlannerTest {

    @Property
    void shouldPlaceEverySequenceOnceWithinTheBudget(
            @ForAll @Size(max = 300) List<@IntRange(min = 1, max = 600) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 2048) int budget) {
        List<List<Integer>> batches = new BatchPlanner(budget).plan(lengths);

        assertThat(batches.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, lengths.size()).boxed().toList());
        for (List<Integer> batch : batches) {
            int longest = batch.stream().mapToInt(lengths::get).max().orElseThrow();
            assertThat(batch.size() == 1 || batch.size() * longest <= budget).isTrue();
            assertThat(BatchPlanner.ROWS).as("few shapes").contains(batch.size());
        }
    }

    @Test
    void shouldSortByLengthAndKeepArrivalOrderAmongEquals() {
        List<List<Integer>> batches = new BatchPlanner(8).plan(List.of(4, 2, 4, 2, 9));

        assertThat(batches).containsExactly(List.of(1, 3), List.of(0, 2), List.of(4));
    }

    @Property
    void shouldCostNoMoreThanAnyOtherCutIntoBatchesOfTheseRows(
            @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 40) Integer> lengths,
            @ForAll @IntRange(min = 40, max = 200) int budget) {
        List<Integer> sorted = lengths.stream().sorted().toList();
        long least = Long.MAX_VALUE;
        for (int cuts = 0; cuts < 1 << (sorted.size() - 1); cuts++) {
            least = Math.min(least, cost(cut(sorted, cuts), budget));
        }

        List<List<Integer>> planned = new BatchPlanner(budget)
                .plan(lengths).stream()
                        .map(batch -> batch.stream().map(lengths::get).toList())
                        .toList();

        assertThat(cost(planned, budget)).isEqualTo(least);
    }

    private static List<List<Integer>> cut(List<Integer> sorted, int cuts) {
        List<List<Integer>> batches = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= sorted.size(); end++) {
            if (end == sorted.size() || (cuts >> (end - 1) & 1) == 1) {
                batches.add(sorted.subList(start, end));
                start = end;
            }
        }
        return batches;
    }

    private static long cost(List<List<Integer>> batches, int budget) {
        long cost = 0;
        for (List<Integer> batch : batches) {
            long longest = batch.stream().mapToInt(Integer::intValue).max().orElseThrow();
            if (longest * batch.size() > budget || !BatchPlanner.ROWS.contains(batch.size())) {
                return Long.MAX_VALUE;
            }
            cost += longest * (batch.size() + BatchPlanner.ROWS_OF_A_STEP) + BatchPlanner.CELLS_OF_A_BATCH;
        }
        return cost;
    }
}
