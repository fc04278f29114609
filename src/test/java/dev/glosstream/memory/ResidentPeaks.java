package dev.glosstream.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    static final Path STATUS = Path.of("/proc/self/status");

    /** The allocator's own slack; one unclosed array per batch would gain several times as much. */
    private static final long SLACK_MB = 48;

    private final List<Long> megabytes = new ArrayList<>();

    /** To be called after each step. */
    void sample() {
        megabytes.add(residentMegabytes());
    }

    /** Fails if the last fourth of the run held more than the first. */
    void requireFlat(int steps) {
        assertThat(megabytes).hasSize(steps);
        assertThat(Collections.max(megabytes.subList(steps - steps / 4, steps)))
                .as("peak of resident memory in the last fourth, in MB, of %s", megabytes)
                .isLessThan(Collections.max(megabytes.subList(0, steps / 4)) + SLACK_MB);
    }

    private static long residentMegabytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
