package dev.glosstream.config;

import java.time.Duration;

/**
 * When a window is handed to inference (as soon as one bound is reached), and how it is cut into batches.
 *
 * @param maxRecords most records that wait together, 1 to 65,536
 * @param maxTokens most tokens that wait together, at least 1
 * @param maxWait longest wall-clock wait of the oldest record, 0 to 1 minute
 * @param tokenBudget most cells (rows × longest row) of one batch, at least 1
 */
public record BatchingSettings(int maxRecords, int maxTokens, Duration maxWait, int tokenBudget) {
    /** Measured to be near the best on two cores. */
    public static final BatchingSettings DEFAULT = new BatchingSettings(256, 16_384, Duration.ofMillis(20), 1024);

    /** Validates the ranges. */
    public BatchingSettings {
        Ranges.require("batching.maxRecords", maxRecords, 1, 65_536);
        Ranges.require("batching.maxTokens", maxTokens, 1, Integer.MAX_VALUE);
        Ranges.require("batching.maxWait in ms", maxWait.toMillis(), 0, 60_000);
        Ranges.require("batching.tokenBudget", tokenBudget, 1, 1 << 20);
    }
}
