package dev.glosstream.batch;

import static org.assertj.core.api.Assertions.assertThat;

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
        }
    }

    @Test
    void shouldSortByLengthAndKeepArrivalOrderAmongEquals() {
        List<List<Integer>> batches = new BatchPlanner(8).plan(List.of(4, 2, 4, 2, 9));

        assertThat(batches).containsExactly(List.of(1, 3), List.of(0, 2), List.of(4));
    }
}
