package dev.glosstream.app;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Task;
import java.util.Set;

/**
 * Passes everything on to another listener, and counts the batches for a summary.
 *
 * @param statistics where batches are counted
 * @param next who hears everything
 */
record CountedListener(BatchStatistics statistics, PipelineListener next) implements PipelineListener {
    @Override
    public void received() {
        next.received();
    }

    @Override
    public long preparing() {
        return next.preparing();
    }

    @Override
    public void prepared(long mark) {
        next.prepared(mark);
    }

    @Override
    public void windowClosed(int texts) {
        next.windowClosed(texts);
    }

    @Override
    public void waited(long waitMs) {
        next.waited(waitMs);
    }

    @Override
    public long scoring() {
        return next.scoring();
    }

    @Override
    public void scored(Set<Task> tasks, PaddedBatch batch, long realTokens, long mark) {
        next.scored(tasks, batch, realTokens, mark);
        statistics.scored(tasks, batch, realTokens, mark);
    }

    @Override
    public void textLabelled(Labels labels) {
        next.textLabelled(labels);
    }

    @Override
    public void labelled(long latencyMs) {
        next.labelled(latencyMs);
    }

    @Override
    public void refused(RejectionReason reason, long latencyMs) {
        next.refused(reason, latencyMs);
    }
}
