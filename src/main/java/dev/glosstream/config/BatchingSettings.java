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
    /** What {@code maxRecords} may be. */
    static final Range MAX_RECORDS = new Range(1, 65_536);
    /** What {@code maxTokens} may be. */
    static final Range MAX_TOKENS = Range.atLeast(1);
    /** What {@code maxWait} may be, in milliseconds. */
    static final Range MAX_WAIT_MS = new Range(0, 60_000);
    /** What {@code tokenBudget} may be. */
    static final Range TOKEN_BUDGET = new Range(1, 1 << 20);

    /** Measured to be near the best on two cores: {@code glosstream bench --rows scaling}. */
    public static final BatchingSettings DEFAULT = new BatchingSettings(4096, 65_536, Duration.ofMillis(40), 2048);

    /** Validates the ranges. */
    public BatchingSettings {
        MAX_RECORDS.require("batching.maxRecords", maxRecords);
        MAX_TOKENS.require("batching.maxTokens", maxTokens);
        MAX_WAIT_MS.require("batching.maxWait in ms", maxWait.toMillis());
        TOKEN_BUDGET.require("batching.tokenBudget", tokenBudget);
    }
}
