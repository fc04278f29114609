package dev.glosstream.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases small enough to be worked by hand. */
class ReportTest {
    private static final double EXACT = 1e-12;

    @Test
    void shouldCountClassesAndTakeRefusedTextsForMistakes() {
        // Given truth and answer: 4 a (3 right, 1 as b), 2 b (1 right, 1 refused), 1 c (as a)
        Report report = new Judged(Task.SENTIMENT, "a", "b", "c")
                .text("a", "a", 0.9)
                .text("a", "a", 0.9)
                .text("a", "a", 0.9)
                .text("a", "b", 0.9)
                .text("b", "b", 0.9)
                .refused("b")
                .text("c", "a", 0.9)
                .report();

        // Then a: precision 3/4, recall 3/4; b: 1/2, 1/2; c: 0, 0
        assertThat(report.metrics())
                .containsEntry("examples", 7.0)
                .containsEntry("refused", 1.0)
                .containsEntry("f1.c", 0.0);
        assertThat(report.metrics().get("accuracy")).isCloseTo(4 / 7.0, within(EXACT));
        assertThat(report.metrics().get("f1.a")).isCloseTo(0.75, within(EXACT));
        assertThat(report.metrics().get("f1.b")).isCloseTo(0.5, within(EXACT));
        assertThat(report.metrics().get("macroF1")).isCloseTo(1.25 / 3, within(EXACT));
        assertThat(report.metrics().get("macroRecall")).isCloseTo(1.25 / 3, within(EXACT));
        assertThat(report.refused()).containsOnlyKeys("blank-text").containsEntry("blank-text", 1);
        assertThat(report.confusion().columns()).containsExactly("a", "b", "c", "refused");
        assertThat(report.confusion().counts())
                .containsExactly(List.of(3L, 1L, 0L, 0L), List.of(0L, 1L, 0L, 1L), List.of(1L, 0L, 0L, 0L));
        assertThat(report.toText())
                .contains("accuracy             0.5714", "7 texts, 12 tokens, 1 refused (blank-text 1)");
    }

    @Test
    void shouldSayHowFarConfidenceCanBeTrusted() {
        // Given ten answers at 0.8, six of them right, and ten at 0.6, all right
        Judged judged = new Judged(Task.SENTIMENT, "a", "b");
        for (int text = 0; text < 10; text++) {
            judged.text(text < 6 ? "a" : "b", "a", 0.8).text("b", "b", 0.6);
        }
        Reliability reliability = judged.report().reliability();

        // Then each bin misses: (10 |0.8 - 0.6| + 10 |0.6 - 1|) / 20 = 0.3
        assertThat(reliability.error()).isCloseTo(0.3, within(EXACT));
        assertThat(reliability.bins()).hasSize(15);
        // 0.8 lies in [12/15, 13/15), 0.6 in [9/15, 10/15)
        assertThat(reliability.bins().get(12).answers()).isEqualTo(10);
        assertThat(reliability.bins().get(12).right()).isCloseTo(0.6, within(EXACT));
        assertThat(reliability.bins().get(9).confidence()).isCloseTo(0.6, within(EXACT));
    }

    @Test
    void shouldMeasureTheLogLossOfTheTruth() {
        Report report = new Judged(Task.SENTIMENT, "a", "b")
                .text("a", "a", 0.5)
                .text("b", "a", 0.75)
                .refused("a")
                .report();

        // -(ln 0.5 + ln 0.25) / 2 of the two that were answered
        assertThat(report.metrics().get("logLoss")).isCloseTo(1.5 * Math.log(2), within(EXACT));
    }

    @Test
    void shouldCountOnlyExactSpansOfTheRightType() {
        // Given three texts: two right; one right of two with a border wrong; a type wrong and one invented
        Report report = new Judged(Task.ENTITIES, "PER", "LOC", "ORG")
                .spans("Anna lives in Paris .....", List.of(per(0, 4), loc(14, 19)), List.of(per(0, 4), loc(14, 19)))
                .spans("Anna lives in Paris .....", List.of(per(0, 4), loc(14, 19)), List.of(per(0, 4), loc(14, 25)))
                .spans("in Paris no way at all .", List.of(loc(3, 8)), List.of(per(3, 8), loc(19, 22)))
                .report();

        // Then 3 of 6 predicted and 3 of 5 actual are right: precision 1/2, recall 3/5, F1 6/11
        assertThat(report.metrics().get("precision")).isCloseTo(0.5, within(EXACT));
        assertThat(report.metrics().get("recall")).isCloseTo(0.6, within(EXACT));
        assertThat(report.score()).isCloseTo(6 / 11.0, within(EXACT));
        // PER: 2 right of 3 predicted, 2 actual; LOC: 1 of 3, 3
        assertThat(report.metrics().get("f1.PER")).isCloseTo(0.8, within(EXACT));
        assertThat(report.metrics().get("f1.LOC")).isCloseTo(1 / 3.0, within(EXACT));
        assertThat(report.metrics().get("f1.ORG")).isZero();
        // Of 5 + 5 + 7 tokens three have another tag: '.....', 'Paris' (B-PER), 'all' (B-LOC)
        assertThat(report.metrics().get("tokenAccuracy")).isCloseTo(14 / 17.0, within(EXACT));
        // True PER: 2 as PER. True LOC: 1 as PER, 1 as LOC, 1 not found. No entity: 2 taken for LOC.
        assertThat(report.confusion().counts())
                .containsExactly(
                        List.of(2L, 0L, 0L, 0L),
                        List.of(1L, 1L, 0L, 1L),
                        List.of(0L, 0L, 0L, 0L),
                        List.of(0L, 2L, 0L, 0L));
    }

    @Test
    void shouldFindNothingInARefusedText() {
        Report report = new Judged(Task.ENTITIES, "PER")
                .spans("Anna", List.of(per(0, 4)), List.of(per(0, 4)))
                .refusedSpans("Anna sings", List.of(per(0, 4)))
                .report();

        assertThat(report.metrics())
                .containsEntry("refused", 1.0)
                .containsEntry("precision", 1.0)
                .containsEntry("recall", 0.5);
        assertThat(report.metrics().get("tokenAccuracy")).isCloseTo(1 / 3.0, within(EXACT));
    }

    @Test
    void shouldCountEntitiesOfTypesThatTheModelDoesNotKnow() {
        Report report = new Judged(Task.ENTITIES, "PER")
                .spans("Anna in Paris", List.of(per(0, 4), loc(8, 13)), List.of(per(0, 4)))
                .report();

        assertThat(report.metrics()).containsEntry("recall", 0.5).containsEntry("f1.LOC", 0.0);
    }

    @Test
    void shouldTellTheErrorByLength() {
        // Given texts of two tokens each, three of four right
        Report report = new Judged(Task.SENTIMENT, "a", "b")
                .text("a", "a", 0.9)
                .text("a", "a", 0.9)
                .text("a", "b", 0.9)
                .text("b", "b", 0.9)
                .refused("a")
                .report();

        assertThat(report.lengths()).containsExactly(new LengthBin("1\u20135", 4, 0.25));
        assertThat(List.of(LengthBin.of(5), LengthBin.of(6), LengthBin.of(100), LengthBin.of(101)))
                .containsExactly(0, 1, 6, 7);
        assertThat(LengthBin.name(7)).isEqualTo("101+");
    }

    @Test
    void shouldNameTheMostConfidentMistakesFirst() {
        Report report = new Judged(Task.SENTIMENT, "a", "b")
                .text("a", "b", 0.6)
                .text("a", "a", 0.99)
                .text("b", "a", 0.9)
                .text("b", "a", 0.7)
                .report();

        assertThat(report.worst(2)).extracting(Mistake::text).containsExactly("text 2", "text 3");
        assertThat(report.toText()).doesNotContain("text 2");
    }

    @Test
    void shouldNameAWrongEntityWithWhatIsTrueThere() {
        Report report = new Judged(Task.ENTITIES, "PER", "LOC")
                .spans("Paris Hilton flew", List.of(per(0, 12)), List.of(loc(0, 5)))
                .report();

        assertThat(report.worst(5))
                .containsExactly(new Mistake("Paris Hilton flew", "PER \u201cParis Hilton\u201d", "LOC", 1, 0, 5));
    }

    @Test
    void shouldSayWhichLabelsItExpects() {
        assertThatThrownBy(() -> new Judged(Task.SENTIMENT, "good", "bad")
                        .text("neutral", "good", 0.9)
                        .report())
                .isInstanceOf(CorpusException.class)
                .hasMessage(
                        "data: expected the labels of the model, [good, bad], got 'neutral'; give data of the model's"
                                + " own labels");
    }

    private static Entity per(int start, int end) {
        return new Entity("PER", start, end, 1);
    }

    private static Entity loc(int start, int end) {
        return new Entity("LOC", start, end, 1);
    }
}
