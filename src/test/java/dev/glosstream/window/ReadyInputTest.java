package dev.glosstream.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.sequence.InputRecord;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReadyInputTest {
    private long end;
    private int asked;
    private final ReadyInput input = new ReadyInput((topic, partition, offset) -> {
        asked++;
        return OptionalLong.of(end - offset - 1);
    });

    @Test
    void shouldBeDrainedBehindTheLastRecord() {
        end = 3;

        assertThat(drainedAfter(0)).isFalse();
        assertThat(drainedAfter(1)).isFalse();
        assertThat(drainedAfter(2)).isTrue();
        assertThat(input.isDrained()).isTrue();
    }

    @Test
    void shouldNotAskWhileTheAnswerCannotChange() {
        end = 1000;

        for (long offset = 0; offset < 999; offset++) {
            assertThat(drainedAfter(offset)).isFalse();
        }
        assertThat(drainedAfter(999)).isTrue();

        assertThat(asked).isEqualTo(2);
    }

    @Test
    void shouldGoOnIfMoreHasCome() {
        end = 1;
        assertThat(drainedAfter(0)).isTrue();

        end = 5;

        assertThat(input.isDrained()).isFalse();
        assertThat(drainedAfter(1)).isFalse();
    }

    @Test
    void shouldTakeTheMarkerOfATransactionForNoRecordOnceNothingComes() {
        end = 2;

        assertThat(drainedAfter(0)).isFalse();
        assertThat(input.isDrained()).isTrue();
    }

    @Test
    void shouldSeeThatMoreLiesReadyThanWasKnownOnceThatHasCome() {
        end = 3;
        assertThat(drainedAfter(0)).isFalse();

        end = 9;
        assertThat(drainedAfter(2)).as("what was known is through, not all").isFalse();
        assertThat(drainedAfter(8)).isTrue();
    }

    @Test
    void shouldTellWhetherARecordLayReadyAtTheMark() {
        end = 3;
        input.took(source("a", 0));
        input.look();
        input.mark();
        end = 6;
        input.look();

        assertThat(input.took(source("a", 2))).isTrue();
        assertThat(input.took(source("a", 3))).isFalse();
        assertThat(input.took(source("b", 0)))
                .as("of a partition without a mark")
                .isFalse();
    }

    @Test
    void shouldBeBehindTheMarkUntilAllOfItHasCome() {
        end = 3;
        input.took(source("a", 0));
        input.look();
        assertThat(input.isBehindMark()).isFalse();
        input.mark();

        input.took(source("a", 1));
        assertThat(input.isBehindMark()).isTrue();
        input.took(source("a", 2));
        assertThat(input.isBehindMark()).isFalse();
    }

    @Test
    void shouldWaitForNothingThatItGaveUpUntilARecordComesAllTheSame() {
        end = 9;
        input.took(source("a", 0));
        input.look();
        input.mark();
        assertThat(input.isDrained()).isFalse();

        input.giveUp();

        assertThat(input.isDrained()).isTrue();
        assertThat(input.isBehindMark()).isFalse();
        assertThat(input.took(source("a", 1))).isTrue();
        assertThat(input.isDrained()).isFalse();
        assertThat(input.isBehindMark()).isTrue();
    }

    @Test
    void shouldAddUpPartitions() {
        end = 10;
        input.took(source("a", 9));
        input.took(source("b", 4));

        assertThat(input.isDrained()).isFalse();

        input.took(source("b", 9));
        assertThat(input.isDrained()).isTrue();
    }

    @Test
    void shouldKnowNothingIfNobodyTells() {
        ReadyInput unknown = new ReadyInput(InputBacklog.UNKNOWN);
        unknown.took(source("a", 0));

        assertThat(unknown.isKnown()).isFalse();
        assertThat(unknown.isDrained()).isFalse();
        assertThat(unknown.isDrainedAfterTaking()).isFalse();
    }

    private boolean drainedAfter(long offset) {
        input.took(source("a", offset));
        return input.isDrainedAfterTaking();
    }

    private static InputRecord.Source source(String topic, long offset) {
        return new InputRecord.Source(topic, 0, offset, 0);
    }
}
