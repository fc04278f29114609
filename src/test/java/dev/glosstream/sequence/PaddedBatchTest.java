package dev.glosstream.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PaddedBatchTest {

    @Test
    void shouldPadAShortRowWhateverTheRowBeforeItHeld() {
        PaddedBatch batch = new PaddedBatch(List.of(
                new TokenIds(3, new int[][] {{1, 2, 3}, {10, 11, 20, 21, 30, 31}}),
                new TokenIds(1, new int[][] {{4}, {40, 41}})));

        assertThat(batch.ids(0)).containsExactly(1, 2, 3, 4, 0, 0);
        assertThat(batch.ids(1)).containsExactly(10, 11, 20, 21, 30, 31, 40, 41, 0, 0, 0, 0);
        assertThat(batch.idCount(1)).isEqualTo(12);
        assertThat(batch.lengths()).containsExactly(3, 1);
    }
}
