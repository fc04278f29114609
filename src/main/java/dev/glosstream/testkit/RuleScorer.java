package dev.glosstream.testkit;

import dev.glosstream.infer.InferenceException;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Scores by the rules of a {@link RuleBook}. One thread at a time. */
final class RuleScorer implements SequenceScorer {
    private final RuleBook book;
    private final RuleLog log;

    RuleScorer(RuleBook book, RuleLog log) {
        this.book = book;
        this.log = log;
        log.opened();
    }

    @Override
    public List<ScoreMatrix> score(PaddedBatch batch) {
        List<ScoreMatrix> scores = new ArrayList<>();
        long[] ids = batch.ids(0);
        for (int row = 0; row < batch.batchSize(); row++) {
            int start = row * batch.paddedLength();
            long[] text = Arrays.copyOfRange(ids, start, start + batch.sequenceLength(row));
            if (log.isBroken() || book.isPoison(text)) {
                throw new InferenceException(
                        "rule models", new IllegalStateException(log.isBroken() ? "broken down" : "poison"));
            }
            scores.add(book.score(text));
        }
        log.scored(book.task(), batch.batchSize());
        return scores;
    }

    @Override
    public void close() {
        log.closed();
    }
}
