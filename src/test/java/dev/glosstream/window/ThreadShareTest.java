package dev.glosstream.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.config.BatchingSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadShareTest {
    private long nanos;
    private final ThreadShare share = new ThreadShare(() -> nanos);
    private final List<WindowGroup.Member> opened = new ArrayList<>();

    private WindowGroup.Member window() {
        opened.add(new WindowGroup.Member(
                new WaitingEntries<>(BatchingSettings.DEFAULT), new ReadyInput(InputBacklog.UNKNOWN)));
        return opened.get(opened.size() - 1);
    }

    @Test
    void shouldTakeAnUnknownMachineForASlowOne() {
        share.opened(this, window());

        assertThat(share.mostTokens()).isEqualTo(8_000);
    }

    @Test
    void shouldCommitWhatWasSentBeforeALongCall() {
        share.opened(this, window());
        label(50_000, 1);

        assertThat(share.shouldCommitBefore(1_000_000)).as("nothing was sent").isFalse();
        share.sent();
        assertThat(share.shouldCommitBefore(199_999))
                .as("less than four seconds")
                .isFalse();
        assertThat(share.shouldCommitBefore(200_000)).isTrue();
        share.committing();
        assertThat(share.shouldCommitBefore(1_000_000)).isFalse();
    }

    @Test
    void shouldNotPutALongCallOffForEver() {
        share.opened(this, window());

        for (int call = 0; call < 2; call++) {
            for (int commit = 0; commit < ThreadShare.MOST_COMMITS_AWAITED; commit++) {
                share.sent();
                assertThat(share.shouldCommitBefore(1_000_000)).isTrue();
                assertThat(share.shouldCommitBefore(10)).as("a short one").isFalse();
                share.committing();
            }
            share.sent();

            assertThat(share.shouldCommitBefore(1_000_000)).isFalse();
        }
    }

    @Test
    void shouldNotCountCommitsThatNoLongCallAwaits() {
        share.opened(this, window());

        for (int commit = 0; commit < 2 * ThreadShare.MOST_COMMITS_AWAITED; commit++) {
            share.sent();
            share.committing();
        }
        share.sent();

        assertThat(share.shouldCommitBefore(1_000_000)).isTrue();
    }

    @Test
    void shouldNotLookWhileTheModelsRest() {
        WindowGroup group = share.opened(this, window());

        assertThat(share.restNanos()).as("nothing was labelled").isZero();
        share.rests(30);
        nanos += TimeUnit.MILLISECONDS.toNanos(10);
        assertThat(share.restNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(20));
        group.emits();
        assertThat(share.restNanos()).as("something is to be committed").isZero();
        group.commits();
        assertThat(share.restNanos()).isPositive();
        nanos += TimeUnit.MILLISECONDS.toNanos(21);
        assertThat(share.restNanos()).isZero();
    }

    @Test
    void shouldLookAllTheTimeForWindowsThatRestEachForItself() {
        share.opened("some models", window());
        share.opened("other models", window());

        share.rests(30);

        assertThat(share.restNanos()).isZero();
    }

    @Test
    void shouldLetAWindowHoldWhatTheModelsReadInTwoSeconds() {
        share.opened(this, window());

        label(50_000, 1);

        assertThat(share.mostTokens()).isEqualTo(100_000);
    }

    @Test
    void shouldDivideTheTimeAmongTheWindowsOfAThread() {
        for (int window = 0; window < 10; window++) {
            share.opened(this, window());
        }
        label(50_000, 1);
        assertThat(share.mostTokens()).isEqualTo(10_000);

        for (int window = 0; window < 5; window++) {
            share.closed(this, opened.remove(0));
        }

        assertThat(share.mostTokens()).isEqualTo(20_000);
    }

    @Test
    void shouldFollowAMachineThatGetsSlower() {
        share.opened(this, window());
        label(50_000, 1);

        for (int window = 0; window < 30; window++) {
            label(50_000, 10);
        }

        assertThat((double) share.mostTokens()).isCloseTo(10_000, within(10.0));
    }

    @Test
    void shouldNotJudgeByAHandfulOfTokens() {
        share.opened(this, window());
        label(50_000, 1);

        label(20, 1);

        assertThat(share.mostTokens()).isEqualTo(100_000);
    }

    @Test
    void shouldAlwaysLeaveRoomForABatch() {
        share.opened(this, window());
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
