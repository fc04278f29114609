package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.sequence.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CandidateWordsTest {
    private static final long[] COUNTS = {0, 9, 1000, 500, 100, 0, 30, 10, 5, 2, 1};

    @Test
    void shouldHoldEveryForetoldWordOnceAndSomeOthers() {
        int[] words = {4, 10, 4, 2};

        CandidateWords.Candidates told = new CandidateWords(COUNTS, 3).draw(words, new Random(1));

        assertThat(told.words()).doesNotHaveDuplicates().startsWith(4, 10, 2).hasSizeBetween(3, 6);
        assertThat(told.targets()).containsExactly(0, 1, 0, 2);
        assertThat(told.corrections()).hasSameSizeAs(told.words());
    }

    @Test
    void shouldNeverDrawPaddingUnknownAndWhatDoesNotOccur() {
        CandidateWords candidates = new CandidateWords(COUNTS, 50);
        Random random = new Random(1);

        for (int draw = 0; draw < 200; draw++) {
            assertThat(candidates.draw(new int[] {2}, random).words()).doesNotContain(0, 1, 5);
        }
    }

    @Test
    void shouldStandForTheWholeVocabularyOnAverage() {
        // Given words foretold as often as they occur, and some number of each word to be added up over all
        CandidateWords candidates = new CandidateWords(COUNTS, 4);
        Random random = new Random(2);
        double[] numbers = {0, 0, 1, 2, 3, 0, 4, 5, 6, 7, 8};

        double sum = 0;
        int batches = 40_000;
        for (int batch = 0; batch < batches; batch++) {
            int[] words = {occurring(random), occurring(random), occurring(random)};
            CandidateWords.Candidates told = candidates.draw(words, random);
            for (int number = 0; number < told.words().length; number++) {
                sum += numbers[told.words()[number]] * Math.exp(told.corrections()[number]);
            }
        }

        // Then each candidate counts for those that were as likely to be one and are not
        assertThat(sum / batches).isCloseTo(Arrays.stream(numbers).sum(), within(1.0));
    }

    private static int occurring(Random random) {
        long place = (long) (random.nextDouble() * (Arrays.stream(COUNTS).sum() - COUNTS[1]));
        int word = 2;
        while (place >= COUNTS[word]) {
            place -= COUNTS[word++];
        }
        return word;
    }

    @Test
    void shouldTakeEveryWordWithoutCorrectionToMeasure() {
        CandidateWords.Candidates told = new CandidateWords(COUNTS, 3).all(new int[] {10, 2});

        assertThat(told.words()).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(told.corrections()).containsOnly(0f);
        assertThat(told.targets()).containsExactly(8, 0);
    }

    @Test
    void shouldForetellEachKnownWordByTheCellsBesideIt() {
        // Words of the second column: a b ? c / d e; the question mark is unknown
        TokenIds longer = TokenIds.owning(4, new int[][] {{9, 9, 9, 9}, {2, 3, 1, 4}});
        TokenIds shorter = TokenIds.owning(2, new int[][] {{9, 9}, {5, 6}});

        ForetoldWords both = ForetoldWords.of(List.of(longer, shorter), 1, true);
        ForetoldWords forward = ForetoldWords.of(List.of(longer, shorter), 1, false);

        assertThat(forward.cells()).containsExactly(0, 2, 4);
        assertThat(forward.words()).containsExactly(3, 4, 6);
        assertThat(both.cells()).containsExactly(0, 2, 4, 9, 10, 13);
        assertThat(both.words()).containsExactly(3, 4, 6, 2, 3, 5);
        assertThat(both.size()).isEqualTo(6);
    }
}
