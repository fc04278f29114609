package dev.glosstream.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.app.process.ResidentMemory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Resident memory of this process over a run of equal steps.
 *
 * <p>Native memory that Java objects hold goes when they are collected, so resident memory rises and falls by that much,
 * and two moments cannot be compared. Its highest value in the first fourth of a run, which is the warm-up, and that in
 * the last can.
 */
final class ResidentPeaks {
    /** The allocator's own slack; one unclosed array per batch would gain several times as much. */
    private static final long SLACK_MB = 48;

    private final List<Long> megabytes = new ArrayList<>();

    /** To be called after each step. */
    void sample() {
        long resident = ResidentMemory.megabytes();
        assertThat(resident).as("resident memory, in MB").isPositive();
        megabytes.add(resident);
    }

    /** Fails if the last fourth of the run held more than the first. */
    void requireFlat(int steps) {
        assertThat(megabytes).hasSize(steps);
        assertThat(Collections.max(megabytes.subList(steps - steps / 4, steps)))
                .as("peak of resident memory in the last fourth, in MB, of %s", megabytes)
                .isLessThan(Collections.max(megabytes.subList(0, steps / 4)) + SLACK_MB);
    }
}
