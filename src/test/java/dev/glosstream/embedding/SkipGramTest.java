package dev.glosstream.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SkipGramTest {
    private static final List<String> WORDS = List.of("tea", "coffee", "cup", "train", "tram", "rail", "rare");
    private static final SkipGram.Settings SETTINGS = new SkipGram.Settings(12, 2, 4, 20, 0.05, 1, 7);

    @Test
    void shouldLetWordsOfTheSameCompanyPointTheSameWay() {
        List<Double> losses = new ArrayList<>();

        WordVectors vectors = SkipGram.learn(WORDS, texts(), SETTINGS, losses::add);

        assertThat(cosine(vectors, "tea", "coffee")).isGreaterThan(cosine(vectors, "tea", "train") + 0.3);
        assertThat(cosine(vectors, "train", "tram")).isGreaterThan(cosine(vectors, "tram", "coffee") + 0.3);
        assertThat(losses).hasSize(20);
        assertThat(losses.get(19)).isLessThan(losses.get(0));
    }

    @Test
    void shouldLearnTheSameFromTheSame() {
        WordVectors one = SkipGram.learn(WORDS, texts(), SETTINGS, loss -> {});
        WordVectors again = SkipGram.learn(WORDS, texts(), SETTINGS, loss -> {});
        SkipGram.Settings otherSeed = new SkipGram.Settings(12, 2, 4, 20, 0.05, 1, 8);
        WordVectors other = SkipGram.learn(WORDS, texts(), otherSeed, loss -> {});

        assertThat(again.toDoubles()).isDeepEqualTo(one.toDoubles());
        assertThat(other.toDoubles()[0]).isNotEqualTo(one.toDoubles()[0]);
    }

    @Test
    void shouldLeaveAWordAloneThatNoTextHolds() {
        WordVectors vectors = SkipGram.learn(WORDS, texts(), SETTINGS, loss -> {});

        for (double value : vectors.toDoubles()[WORDS.indexOf("rare")]) {
            assertThat(Math.abs(value)).isLessThanOrEqualTo(0.5 / 12);
        }
    }

    @Test
    void shouldLeaveOutFrequentWordsMoreAndMoreOften() {
        // Every token is far above this share: hardly a pair is left, and the loss of what there is stays at its start.
        SkipGram.Settings rarely = new SkipGram.Settings(12, 2, 4, 3, 0.05, 1e-6, 7);
        List<Double> losses = new ArrayList<>();

        SkipGram.learn(WORDS, texts(), rarely, losses::add);

        assertThat(losses.get(2)).isBetween(0.0, Math.log(2) * 1.01);
        assertThat(Math.abs(losses.get(2) - losses.get(0))).isLessThan(0.7);
    }

    @Test
    void shouldRefuseTextsWithoutAKnownWordAndSettingsOutOfRange() {
        assertThatThrownBy(() -> SkipGram.learn(WORDS, List.of(new int[] {-1, -2}), SETTINGS, loss -> {}))
                .hasMessageContaining("expected texts with words of the vocabulary, got none");
        assertThatThrownBy(() -> new SkipGram.Settings(0, 2, 4, 20, 0.05, 1, 7))
                .hasMessageContaining("skip-gram dimension: expected 1 to 1024, got 0");
        assertThatThrownBy(() -> new SkipGram.Settings(8, 2, 4, 20, Double.NaN, 1, 7))
                .hasMessageContaining("expected learningRate and subsampling above 0");
    }

    /** Texts about drinks and texts about rails; -1 is a word that is no entry. */
    private static List<int[]> texts() {
        Random random = new Random(3);
        List<int[]> texts = new ArrayList<>();
        for (int text = 0; text < 300; text++) {
            int topic = text % 2 * 3;
            int[] rows = new int[6];
            for (int at = 0; at < rows.length; at++) {
                rows[at] = random.nextInt(8) == 0 ? -1 : topic + random.nextInt(3);
            }
            texts.add(rows);
        }
        return texts;
    }

    private static double cosine(WordVectors vectors, String one, String other) {
        return vectors.cosine(WORDS.indexOf(one), WORDS.indexOf(other));
    }
}
