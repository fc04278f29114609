package dev.glosstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswersTest {
    /** Texts 0, 2, 4 lie in one partition, 1, 3, 5 in the other. */
    private final Answers answers = new Answers(new int[] {0, 1, 0, 1, 0, 1});

    private void add(int... texts) {
        IntStream.of(texts).forEach(answers::add);
    }

    @Test
    void shouldBeContentWithOneResultForEachText() {
        add(1, 3, 5, 0, 2, 4);

        assertThatCode(() -> answers.require(Promise.IN_ORDER, true)).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseAMissingResult() {
        add(0, 1, 2, 3, 5);

        assertThatThrownBy(() -> answers.require(Promise.IN_ORDER, true))
                .isInstanceOf(WrongResultsException.class)
                .hasMessageContaining("each of 6 texts")
                .hasMessageContaining("1 missing, 0 more than once");
    }

    @Test
    void shouldRefuseADoubledResultThatStandsInForAMissingOne() {
        add(0, 1, 2, 3, 4);

        assertThat(answers.add(4)).isFalse();
        assertThatThrownBy(() -> answers.require(Promise.IN_ORDER, true))
                .hasMessageContaining("1 missing, 1 more than once");
    }

    @Test
    void shouldRefuseTheResultOfATextThatNobodySent() {
        add(0, 1, 2, 3, 4, 5);

        assertThat(answers.add(6)).isFalse();
        assertThatThrownBy(() -> answers.require(Promise.IN_ORDER, true)).hasMessageContaining("1 of no text");
    }

    @Test
    void shouldBeContentWithTheBeginOfEachPartitionWhenARunIsOverEarly() {
        add(0, 2, 4, 1);

        assertThatCode(() -> answers.require(Promise.IN_ORDER, false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> answers.require(Promise.IN_ORDER, true)).hasMessageContaining("2 missing");
    }

    @Test
    void shouldSeeAResultThatWasLostBeforeAnother() {
        add(0, 1, 4);

        assertThatThrownBy(() -> answers.require(Promise.IN_ORDER, false)).hasMessageContaining("1 missing");
    }

    @Test
    void shouldAllowGapsOfWhoeverKeepsNoOrderOnlyWhenARunIsOverEarly() {
        add(0, 1, 4);

        assertThatCode(() -> answers.require(Promise.EACH_ONCE, false)).doesNotThrowAnyException();
        assertThatThrownBy(() -> answers.require(Promise.EACH_ONCE, true)).hasMessageContaining("3 missing");
        answers.add(4);
        assertThatThrownBy(() -> answers.require(Promise.EACH_ONCE, false)).hasMessageContaining("1 more than once");
        assertThatCode(() -> answers.require(Promise.NONE, true)).doesNotThrowAnyException();
    }
}
