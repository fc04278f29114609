package dev.glosstream.batch;

import java.util.concurrent.atomic.LongAdder;

/** Counts of what went through the models. Any thread may add or read. */
public final class BatchStatistics {
    private final LongAdder batches = new LongAdder();
    private final LongAdder sequences = new LongAdder();
    private final LongAdder realTokens = new LongAdder();
    private final LongAdder paddedTokens = new LongAdder();

    /** Creates counters at zero. */
    public BatchStatistics() {}

    /**
     * Counts one batch.
     *
     * @param rows its sequences
     * @param real its tokens without padding
     * @param padded its cells, rows × longest row
     */
    public void add(int rows, long real, long padded) {
        batches.increment();
        sequences.add(rows);
        realTokens.add(real);
        paddedTokens.add(padded);
    }

    /** Returns the number of batches. */
    public long batches() {
        return batches.sum();
    }

    /** Returns the mean number of sequences in a batch; 0 if there was none. */
    public double meanFill() {
        return batches.sum() == 0 ? 0 : (double) sequences.sum() / batches.sum();
    }

    /** Returns cells ÷ real tokens, at least 1; 1 if there was no batch. */
    public double paddingRatio() {
        return realTokens.sum() == 0 ? 1 : (double) paddedTokens.sum() / realTokens.sum();
    }
}
