package dev.glosstream.batch;

import dev.glosstream.observe.PipelineListener;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.Task;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Counts of what went through the models. Any thread may add or read. */
public final class BatchStatistics implements PipelineListener {
    private final LongAdder batches = new LongAdder();
    private final LongAdder sequences = new LongAdder();
    private final LongAdder realTokens = new LongAdder();
    private final LongAdder paddedTokens = new LongAdder();

    /** Creates counters at zero. */
    public BatchStatistics() {}

    /** Counts one batch. */
    @Override
    public void scored(Set<Task> tasks, PaddedBatch batch, long real, long mark) {
        batches.increment();
        sequences.add(batch.batchSize());
        realTokens.add(real);
        paddedTokens.add((long) batch.batchSize() * batch.paddedLength());
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
