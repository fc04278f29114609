package dev.glosstream.app.bench;

import dev.glosstream.observe.PipelineListener;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.Task;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Counts tokens, cells and time of the models. Any thread. */
public final class BatchCounts implements PipelineListener {
    private final LongAdder real = new LongAdder();
    private final LongAdder padded = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** Creates counts of nothing. */
    public BatchCounts() {}

    @Override
    public long scoring() {
        return System.nanoTime();
    }

    @Override
    public void scored(Set<Task> tasks, PaddedBatch batch, long realTokens, long mark) {
        // In this order, and read in the other: there are never fewer cells than tokens.
        padded.add((long) batch.batchSize() * batch.paddedLength());
        real.add(realTokens);
        nanos.add(System.nanoTime() - mark);
    }

    /** Returns cells divided by real tokens; 0 before the first batch. */
    public double paddingRatio() {
        long tokens = real.sum();
        return tokens == 0 ? 0 : (double) padded.sum() / tokens;
    }

    /** Returns the time that the models took, in seconds, summed over threads. */
    double seconds() {
        return nanos.sum() / 1e9;
    }
}
