package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.sequence.Entity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Cases small enough to be worked by hand. */
class ReportTest {
    private static final double EXACT = 1e-12;

    @Test
    void shouldCountClasses() {
        // Given truth and prediction: 4 a (3 right, 1 as b), 2 b (1 right, 1 refused), 1 c (as a)
        ClassificationReport report = new ClassificationReport(List.of("a", "b", "c"));
        for (String predicted : List.of("a", "a", "a", "b")) {
            report.add("a", predicted);
        }
        report.add("b", "b");
        report.add("b", "");
        report.add("c", "a");

        // Then a: precision 3/4, recall 3/4; b: 1/2, 1/2; c: 0, 0
        assertThat(report.metrics().get("accuracy")).isCloseTo(4 / 7.0, within(EXACT));
        assertThat(report.metrics().get("f1.a")).isCloseTo(0.75, within(EXACT));
        assertThat(report.metrics().get("f1.b")).isCloseTo(0.5, within(EXACT));
        assertThat(report.metrics().get("f1.c")).isZero();
        assertThat(report.metrics().get("macroF1")).isCloseTo(1.25 / 3, within(EXACT));
        assertThat(report.metrics().get("macroRecall")).isCloseTo(1.25 / 3, within(EXACT));
        assertThat(report.toText()).contains("accuracy 0.5714   macro-F1 0.4167   macro-recall 0.4167   examples 7");
    }

    @Test
    void shouldCountOnlyExactSpansOfTheRightType() {
        // Given three texts: two right; one right of two with a border wrong; a type wrong and one invented
        SpanReport report = new SpanReport(List.of("PER", "LOC", "ORG"));
        report.add(List.of(per(0, 4), loc(10, 15)), List.of(per(0, 4), loc(10, 15)));
        report.add(List.of(per(0, 4), loc(10, 15)), List.of(per(0, 4), loc(10, 20)));
        report.add(List.of(loc(3, 8)), List.of(per(3, 8), loc(20, 22)));

        // Then 3 of 6 predicted and 3 of 5 actual are right: precision 1/2, recall 3/5, F1 6/11
        assertThat(report.metrics().get("precision")).isCloseTo(0.5, within(EXACT));
        assertThat(report.metrics().get("recall")).isCloseTo(0.6, within(EXACT));
        assertThat(report.score()).isCloseTo(6 / 11.0, within(EXACT));
        // PER: 2 right of 3 predicted, 2 actual; LOC: 1 of 3, 3
        assertThat(report.metrics().get("f1.PER")).isCloseTo(0.8, within(EXACT));
        assertThat(report.metrics().get("f1.LOC")).isCloseTo(1 / 3.0, within(EXACT));
        assertThat(report.metrics().get("f1.ORG")).isZero();
    }

    private static Entity per(int start, int end) {
        return new Entity("PER", start, end, 1);
    }

    private static Entity loc(int start, int end) {
        return new Entity("LOC", start, end, 1);
    }
}
