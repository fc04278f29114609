package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.model.IdSpace;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingBatchesTest {
    private static final int TOKENS = 20_000;

    @Test
    void shouldMakeTheShareOfWordsUnknownInTheirColumnsAlone() {
        // Given words in the first and the last column, and two ids per token of something else between them
        int[] words = new int[TOKENS];
        Arrays.fill(words, 7);
        int[] others = new int[2 * TOKENS];
        Arrays.fill(others, 9);
        TokenIds ids = new TokenIds(TOKENS, new int[][] {words, others, words});

        TokenIds dropped = TrainingBatches.dropWords(ids, List.of(0, 2), 0.25, new Random(1));

        double share = Arrays.stream(dropped.ids(0))
                        .filter(id -> id == IdSpace.UNKNOWN_ID)
                        .count()
                / (double) TOKENS;
        assertThat(share).isCloseTo(0.25, within(0.01));
        assertThat(dropped.ids(0)).containsOnly(7, IdSpace.UNKNOWN_ID);
        assertThat(dropped.ids(2)).as("a word is unknown in all its columns").containsExactly(dropped.ids(0));
        assertThat(dropped.ids(1)).containsOnly(9);
        assertThat(ids.ids(0)).as("the example is not changed").containsOnly(7);
    }

    @Test
    void shouldShuffleAndSortAsListsAre() {
        // Given lengths of which many are the same, in two pools and a half, the last batch short
        int[] lengths = new Random(5).ints(1263, 1, 9).toArray();

        TrainingBatches batches = TrainingBatches.of(lengths, 10, new Random(7));

        // Then the batches are those of shuffled lists, sorted stably within a pool of fifty batches
        Random random = new Random(7);
        List<Integer> shuffled =
                new ArrayList<>(IntStream.range(0, lengths.length).boxed().toList());
        Collections.shuffle(shuffled, random);
        List<List<Integer>> expected = new ArrayList<>();
        for (int pool = 0; pool < shuffled.size(); pool += 500) {
            List<Integer> sorted = new ArrayList<>(shuffled.subList(pool, Math.min(shuffled.size(), pool + 500)));
            sorted.sort(Comparator.comparing(index -> lengths[index]));
            for (int start = 0; start < sorted.size(); start += 10) {
                expected.add(sorted.subList(start, Math.min(sorted.size(), start + 10)));
            }
        }
        Collections.shuffle(expected, random);
        assertThat(batches.size()).isEqualTo(expected.size()).isEqualTo(127);
        for (int index = 0; index < batches.size(); index++) {
            assertThat(Arrays.stream(batches.batch(index)).boxed().toList()).isEqualTo(expected.get(index));
        }
    }

    @Test
    void shouldDropNothingAtRateZero() {
        TokenIds ids = new TokenIds(1, new int[][] {{7}});

        assertThat(TrainingBatches.dropWords(ids, List.of(0), 0, new Random(1))).isSameAs(ids);
    }
}
