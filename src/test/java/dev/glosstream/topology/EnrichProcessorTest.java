package dev.glosstream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.Guarantee;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store of a window holds while its processor lives, commits and is revived. */
class EnrichProcessorTest {
    private final ProcessorLives lives;

    EnrichProcessorTest(@TempDir Path directory) {
        lives = new ProcessorLives(directory);
    }

    @Test
    void shouldStartNumberingAgainWhenNothingWaits() {
        ProcessorLives.Life life = lives.begin(lives.settings);
        for (String id : List.of("a", "b", "c", "d", "e")) {
            life.process(ProcessorLives.input(id, "good"));
        }

        assertThat(life.enriched()).containsExactly("a", "b", "c", "d");
        assertThat(lives.stored()).containsExactly(0L);
    }

    @Test
    void shouldStartFreshWhenATaskIsRevived() {
        ProcessorLives.Life life = lives.begin(lives.settings);
        life.process(ProcessorLives.input("a", "good"));
        life.processor.close();
        assertThat(lives.models.open).hasValue(0);

        life.processor.init(life.context);
        life.process(ProcessorLives.input("b", "good"));

        assertThat(life.enriched()).containsExactly("a", "b");
        assertThat(lives.models.open).hasValue(2);
        life.processor.init(life.context);
        assertThat(lives.models.open).as("init without close").hasValue(2);
        life.processor.close();
        life.processor.close();
        assertThat(lives.models.open).hasValue(0);
    }

    @Test
    void shouldCloseTheWindowOfLargeRecordsEarly() {
        PipelineSettings large = lives.altered(new LimitSettings(1000, 64 << 20), lives.settings.guarantee());
        ProcessorLives.Life life = lives.begin(large);
        InputRecord small = ProcessorLives.input("a", "good");
        life.process(small);
        life.process(new InputRecord(
                small.key(), small.value(), List.of(new InputHeader("h", new byte[33 << 20])), small.source()));

        assertThat(life.enriched()).hasSize(2);
    }

    @Test
    void shouldDeleteOnlyWhatIsCommittedUnderAtLeastOnce() {
        PipelineSettings atLeastOnce = lives.altered(lives.settings.limits(), Guarantee.AT_LEAST_ONCE);
        ProcessorLives.Life life = lives.begin(atLeastOnce);
        for (String id : List.of("a", "b", "c", "d", "e")) {
            life.process(ProcessorLives.input(id, "good"));
        }

        assertThat(life.enriched()).containsExactly("a", "b", "c", "d");
        assertThat(lives.stored()).as("results may not be acknowledged").containsExactly(0L, 1L, 2L, 3L, 4L);
        life.signal.onCommit();
        assertThat(lives.stored()).as("nothing is written while committing").hasSize(5);
        life.process(ProcessorLives.input("f", "good"));
        assertThat(lives.stored()).containsExactly(4L, 5L);

        ProcessorLives.Life after = lives.begin(lives.settings);
        after.punctuate();
        assertThat(after.enriched()).containsExactly("e", "f");
    }

    @Test
    void shouldAskForACommitWhenAWindowHasBeenEmitted() {
        ProcessorLives.Life life = lives.begin(lives.settings);
        for (String id : List.of("a", "b", "c")) {
            life.process(ProcessorLives.input(id, "good"));
        }
        assertThat(life.context.committed()).isFalse();

        life.process(ProcessorLives.input("d", "good"));

        // At most one in 25 ms of a thread, and a test before this one may have asked for it.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!life.context.committed() && System.nanoTime() < end) {
            life.punctuate();
        }
        assertThat(life.context.committed()).isTrue();
    }

    @Test
    void shouldLeaveCommitsToAnIntervalThatTheUserNamed() {
        ProcessorLives.Life life = lives.begin(lives.withKafka(Map.of("commit.interval.ms", "500")));
        for (String id : List.of("a", "b", "c", "d")) {
            life.process(ProcessorLives.input(id, "good"));
        }

        assertThat(life.enriched()).hasSize(4);
        assertThat(life.context.committed()).isFalse();
    }
}
