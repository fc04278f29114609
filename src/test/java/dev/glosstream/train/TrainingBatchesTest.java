package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.model.IdSpace;
import dev.glosstream.sequence.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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
    void shouldDropNothingAtRateZero() {
        TokenIds ids = new TokenIds(1, new int[][] {{7}});

        assertThat(TrainingBatches.dropWords(ids, List.of(0), 0, new Random(1))).isSameAs(ids);
    }
}
