package dev.glosstream.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadShareTest {
    private long nanos;
    private final ThreadShare share = new ThreadShare(() -> nanos);

    @Test
    void shouldTakeAnUnknownMachineForASlowOne() {
        share.opened();

        assertThat(share.mostTokens()).isEqualTo(8_000);
    }

    @Test
    void shouldLetAWindowHoldWhatTheModelsReadInTwoSeconds() {
        share.opened();

        label(50_000, 1);

        assertThat(share.mostTokens()).isEqualTo(100_000);
    }

    @Test
    void shouldDivideTheTimeAmongTheWindowsOfAThread() {
        for (int window = 0; window < 10; window++) {
            share.opened();
        }
        label(50_000, 1);
        assertThat(share.mostTokens()).isEqualTo(10_000);

        for (int window = 0; window < 5; window++) {
            share.closed();
        }

        assertThat(share.mostTokens()).isEqualTo(20_000);
    }

    @Test
    void shouldFollowAMachineThatGetsSlower() {
        share.opened();
        label(50_000, 1);

        for (int window = 0; window < 30; window++) {
            label(50_000, 10);
        }

        assertThat((double) share.mostTokens()).isCloseTo(10_000, within(10.0));
    }

    @Test
    void shouldNotJudgeByAHandfulOfTokens() {
        share.opened();
        label(50_000, 1);

        label(20, 1);

        assertThat(share.mostTokens()).isEqualTo(100_000);
    }

    @Test
    void shouldAlwaysLeaveRoomForABatch() {
        share.opened();
        label(1_000, 100);

        assertThat(share.mostTokens()).isEqualTo(1_024);
    }

    @Test
    void shouldSpaceTheCommitsThatItsWindowsAskFor() {
        assertThat(share.mayCommit()).isTrue();
        nanos += TimeUnit.MILLISECONDS.toNanos(24);
        assertThat(share.mayCommit()).isFalse();

        nanos += TimeUnit.MILLISECONDS.toNanos(1);

        assertThat(share.mayCommit()).isTrue();
    }

    private void label(long tokens, long seconds) {
        long start = share.start();
        nanos += TimeUnit.SECONDS.toNanos(seconds);
        share.labelled(tokens, start);
    }
}
