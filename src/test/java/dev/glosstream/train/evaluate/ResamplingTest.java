package dev.glosstream.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.sequence.Task;
import org.junit.jupiter.api.Test;

/** Intervals and tests against what statistics says in closed form. */
class ResamplingTest {
    private static final double EXACT = 1e-12;
    private static final Interval NONE = new Interval(0, 0);
    /** A thousand resamples know the end of an interval to about this. */
    private static final double BY_CHANCE = 0.012;

    @Test
    void shouldGiveTheIntervalOfAProportion() {
        // Given 400 texts, 300 right: standard error sqrt(0.75 * 0.25 / 400) = 0.02165
        Interval accuracy = right(400, 300).intervals().getOrDefault("accuracy", NONE);

        // Then the interval is 0.75 -+ 1.96 * 0.02165
        assertThat(accuracy.low()).isCloseTo(0.7076, within(BY_CHANCE));
        assertThat(accuracy.high()).isCloseTo(0.7924, within(BY_CHANCE));
    }

    @Test
    void shouldGiveTheSameIntervalsAgain() {
        assertThat(right(50, 30).intervals()).isEqualTo(right(50, 30).intervals());
    }

    @Test
    void shouldRecordTheEndsOfEveryInterval() {
        assertThat(right(20, 10).recorded())
                .containsKeys("examples", "macroF1", "macroF1.low", "macroF1.high", "calibrationError.low", "f1.a.high")
                .doesNotContainKeys("examples.low", "refused.low");
    }

    @Test
    void shouldTestByMcNemarExactly() {
        // 1 against 9 of 10: 2 (C(10,0) + C(10,1)) / 2^10
        assertThat(PairedTests.mcNemar(1, 9)).isCloseTo(22 / 1024.0, within(EXACT));
        assertThat(PairedTests.mcNemar(9, 1)).isCloseTo(22 / 1024.0, within(EXACT));
        // 5 against 5: twice more than half, so 1
        assertThat(PairedTests.mcNemar(5, 5)).isEqualTo(1);
        assertThat(PairedTests.mcNemar(0, 0)).isEqualTo(1);
        assertThat(PairedTests.mcNemar(0, 4000)).isZero();
        assertThat(PairedTests.mcNemar(2000, 2000)).isEqualTo(1);
    }

    @Test
    void shouldComeToMcNemarByShuffling() {
        // Given 40 texts: 20 right by both, 4 by the first alone, 14 by the second alone, 2 by neither
        Comparison comparison = comparison();

        // Then accuracy's p is that of the exact test, up to what 4,999 shuffles tell
        Comparison.Difference accuracy =
                comparison.differences().getOrDefault("accuracy", new Comparison.Difference(0, 0, NONE, 0));
        double exact = comparison.agreement().pValue();
        assertThat(exact).isCloseTo(0.0309, within(1e-4));
        assertThat(accuracy.pValue()).isCloseTo(exact, within(0.01));
        assertThat(accuracy.value()).isCloseTo(0.25, within(EXACT));
        assertThat(comparison.agreement()).isEqualTo(new Comparison.Agreement(20, 4, 14, 2, 18, exact));
        // Paired standard error: sqrt((18 - 100 / 40) / 40^2) = 0.0984
        assertThat(accuracy.interval().low()).isCloseTo(0.057, within(0.03));
        assertThat(accuracy.interval().high()).isCloseTo(0.443, within(0.03));
        assertThat(comparison.toText()).contains("both 20, A alone 4, B alone 14, neither 2", "differently: 18 of 40");
    }

    @Test
    void shouldFindNoDifferenceBetweenAModelAndItself() {
        Comparison comparison = Comparison.of(right(30, 20), right(30, 20));

        assertThat(comparison.differences().values()).allSatisfy(difference -> {
            assertThat(difference.value()).isZero();
            assertThat(difference.pValue()).isEqualTo(1);
            assertThat(difference.interval()).isEqualTo(new Interval(0, 0));
        });
        assertThat(comparison.agreement().different()).isZero();
    }

    @Test
    void shouldCompareOnlyOnTheSameTexts() {
        assertThatThrownBy(() -> Comparison.of(right(30, 20), right(31, 20)))
                .hasMessageContaining("expected two models of the same labels on the same texts");
    }

    private static Comparison comparison() {
        Judged first = new Judged(Task.SENTIMENT, "a", "b");
        Judged second = new Judged(Task.SENTIMENT, "a", "b");
        for (int text = 0; text < 40; text++) {
            boolean firstRight = text < 24;
            boolean secondRight = text < 20 || (text >= 24 && text < 38);
            first.text("a", firstRight ? "a" : "b", 0.7);
            second.text("a", secondRight ? "a" : "b", 0.7);
        }
        return Comparison.of(first.report(), second.report());
    }

    private static Report right(int texts, int right) {
        Judged judged = new Judged(Task.SENTIMENT, "a", "b");
        for (int text = 0; text < texts; text++) {
            judged.text(text % 2 == 0 ? "a" : "b", (text % 2 == 0) == (text < right) ? "a" : "b", 0.8);
        }
        return judged.report();
    }
}
