package dev.glosstream.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScoreMatrixTest {
    private static final float[] BATCH = {1, 2, 3, 4, 5, 6, Float.NaN, 8};

    @Test
    void shouldSeeItsOwnPartOfABatchAndNothingElse() {
        ScoreMatrix part = ScoreMatrix.within(BATCH, 2, 2, 2);

        assertThat(part.rows()).isEqualTo(2);
        assertThat(part.at(0, 0)).isEqualTo(3);
        assertThat(part.at(1, 1)).isEqualTo(6);
        assertThatThrownBy(() -> part.at(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> part.at(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldAskOnlyItsOwnPartWhetherItIsFinite() {
        assertThat(ScoreMatrix.within(BATCH, 2, 2, 2).isFinite()).isTrue();
        assertThat(ScoreMatrix.within(BATCH, 4, 2, 2).isFinite()).isFalse();
    }

    @Test
    void shouldEqualAMatrixOfTheSameScoresWhereverTheyStand() {
        ScoreMatrix part = ScoreMatrix.within(BATCH, 2, 2, 2);

        assertThat(part)
                .isEqualTo(new ScoreMatrix(new float[] {3, 4, 5, 6}, 2))
                .hasSameHashCodeAs(new ScoreMatrix(new float[] {3, 4, 5, 6}, 2))
                .isNotEqualTo(ScoreMatrix.within(BATCH, 1, 2, 2))
                .isNotEqualTo(new ScoreMatrix(new float[] {3, 4, 5, 6}, 4));
    }

    @Test
    void shouldRefusePartsThatAreNotThere() {
        assertThatThrownBy(() -> ScoreMatrix.within(BATCH, 6, 2, 2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> ScoreMatrix.within(BATCH, 0, 0, 2)).hasMessageContaining("positive multiple of 2");
        assertThatThrownBy(() -> new ScoreMatrix(new float[] {1, 2, 3}, 2)).hasMessageContaining("multiple of 2");
        assertThatThrownBy(() -> new ScoreMatrix(new float[0], 2)).hasMessageContaining("positive multiple of 2");
        assertThatThrownBy(() -> new ScoreMatrix(new float[] {1}, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldKeepACopyOfWhatItIsGiven() {
        float[] scores = {1, 2};
        ScoreMatrix matrix = new ScoreMatrix(scores, 2);

        scores[0] = 9;

        assertThat(matrix.at(0, 0)).isEqualTo(1);
    }
}
