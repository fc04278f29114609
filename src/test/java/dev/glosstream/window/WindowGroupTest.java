package dev.glosstream.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.BatchingSettings;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowGroupTest {
    private static final long WAIT_MS = 20;
    private static final long LOOK_MS = 5;

    private final WindowGroup group = new WindowGroup();

    private boolean hasRested(long cachedMs) {
        return group.hasRested(group.nowMs(cachedMs), WAIT_MS, LOOK_MS);
    }

    @Test
    void shouldBeRestedBeforeTheFirstCall() {
        assertThat(hasRested(1_000)).isTrue();
    }

    @Test
    void shouldCountTheWaitFromTheLabelsNotFromTheBeginOfTheCall() {
        group.answered(1_000, 40);

        assertThat(group.nowMs(1_000))
                .as("the context's time is that before the call")
                .isEqualTo(1_040);
        assertThat(hasRested(1_045)).isFalse();
        assertThat(hasRested(1_059)).isFalse();
        assertThat(hasRested(1_060)).isTrue();
    }

    @Test
    void shouldLetTheConsumerLookAgainAfterALongCommit() {
        group.answered(1_000, 40);

        // The commit took 100 ms: what lies ready now was fetched before it
        assertThat(hasRested(1_140)).isFalse();
        assertThat(hasRested(1_144)).isFalse();
        assertThat(hasRested(1_145)).isTrue();
    }

    @Test
    void shouldNotCountTheRoundOfTheCallAsAReturn() {
        group.answered(1_000, 0);

        assertThat(hasRested(1_000)).isFalse();
        group.nowMs(1_000);
        assertThat(hasRested(1_030)).as("it has only now returned").isFalse();
        assertThat(hasRested(1_035)).isTrue();
    }

    @Test
    void shouldCommitOnceWhenEachWindowHasEmittedItsOwn() {
        WaitingEntries<WindowEntry> first = window();
        WaitingEntries<WindowEntry> second = window();
        assertThat(group.awaitsCommit()).as("nothing is emitted").isFalse();

        for (WaitingEntries<WindowEntry> each : List.of(first, second)) {
            each.add(new WaitingEntries.Waiting<>(0, List::of, 1_000, 1), 1_000);
            each.label(Collections.emptyIterator(), 1_000);
        }
        group.answered(1_000, 40);
        first.next();
        assertThat(group.awaitsCommit()).as("the other has not emitted").isFalse();
        second.next();
        assertThat(group.awaitsCommit()).isTrue();
        group.commits();
        assertThat(group.awaitsCommit()).isFalse();
    }

    private WaitingEntries<WindowEntry> window() {
        WaitingEntries<WindowEntry> entries = new WaitingEntries<>(BatchingSettings.DEFAULT);
        group.join(new WindowGroup.Member(entries, new ReadyInput(InputBacklog.UNKNOWN)));
        return entries;
    }
}
