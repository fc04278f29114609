package dev.glosstream.batch;

import java.time.Duration;

/**
 * When a window is handed to inference: as soon as one bound is reached.
 *
 * @param maxRecords most records that wait together, at least 1
 * @param maxTokens most tokens that wait together, at least 1
 * @param maxWait longest wall-clock wait of the oldest record, at least zero
 */
public record WindowBounds(int maxRecords, int maxTokens, Duration maxWait) {

    /** Validates the ranges. */
    public WindowBounds {
        if (maxRecords < 1 || maxTokens < 1 || maxWait.isNegative()) {
            throw new IllegalArgumentException(
                    "window: expected maxRecords and maxTokens at least 1 and maxWait not negative, got " + maxRecords
                            + ", " + maxTokens + ", " + maxWait);
        }
    }
}
