package dev.glosstream.train.evaluate;

import dev.glosstream.batch.BatchPlanner;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.pipeline.TextPreparer;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.train.corpus.CorpusExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How fast a model is, alone and with everything around it.
 *
 * @param tokensPerSecond real tokens (padding not counted) that the network itself reads in a second, on one thread, in the
 *     batches that serving would make of these texts, warmed up: the median of several passes; 0 if every text is refused
 * @param passes times the batches were timed
 * @param tokens tokens of one pass
 */
public record ModelSpeed(double tokensPerSecond, int passes, long tokens) {
    /** Enough for a steady figure, little enough to take seconds. */
    private static final int MOST_TOKENS = 40_000;

    /** Few texts are read again until a pass has this many. */
    private static final int LEAST_TOKENS = 20_000;

    private static final int PASSES = 5;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Measures a model on the first texts of a corpus; one scorer, the calling thread. */
    static ModelSpeed measure(TaskModel model, List<CorpusExample> examples, LongSupplier nanoTime) {
        List<PaddedBatch> batches = batches(model, examples);
        long tokens = batches.stream().mapToLong(ModelSpeed::realTokens).sum();
        if (batches.isEmpty()) {
            return new ModelSpeed(0, 0, 0);
        }
        int repeats = (int) Math.max(1, LEAST_TOKENS / tokens);
        double[] seconds = new double[PASSES];
        SequenceScorer scorer = model.scorers().get();
        try (scorer) {
            // The first pass meets every shape of batch once and is not counted.
            batches.forEach(scorer::score);
            for (int pass = 0; pass < PASSES; pass++) {
                long start = nanoTime.getAsLong();
                for (int repeat = 0; repeat < repeats; repeat++) {
                    batches.forEach(scorer::score);
                }
                seconds[pass] = (nanoTime.getAsLong() - start) / NANOS_PER_SECOND;
            }
        }
        Arrays.sort(seconds);
        return new ModelSpeed(Ratios.ratio((double) tokens * repeats, seconds[PASSES / 2]), PASSES, tokens * repeats);
    }

    private static long realTokens(PaddedBatch batch) {
        long tokens = 0;
        for (int row = 0; row < batch.batchSize(); row++) {
            tokens += batch.sequenceLength(row);
        }
        return tokens;
    }

    private static List<PaddedBatch> batches(TaskModel model, List<CorpusExample> examples) {
        TextPreparer preparer = new TextPreparer(List.of(model.bundle()), LimitSettings.DEFAULT);
        List<PaddedBatch> batches = new ArrayList<>();
        List<TokenIds> window = new ArrayList<>();
        long tokens = 0;
        for (CorpusExample example : examples) {
            Optional<TokenIds> ids = ids(model, preparer, example);
            if (ids.isEmpty()) {
                continue;
            }
            window.add(ids.get());
            tokens += ids.get().sequenceLength();
            boolean enough = tokens >= MOST_TOKENS;
            if (enough || window.size() == BatchingSettings.DEFAULT.maxRecords()) {
                plan(window, batches);
                window.clear();
            }
            if (enough) {
                return batches;
            }
        }
        plan(window, batches);
        return batches;
    }

    private static Optional<TokenIds> ids(TaskModel model, TextPreparer preparer, CorpusExample example) {
        return preparer.prepare(example.text())
                .<Optional<PreparedText>>fold(Optional::of, rejection -> Optional.empty())
                .map(prepared -> prepared.ids().get(model.task()));
    }

    private static void plan(List<TokenIds> window, List<PaddedBatch> batches) {
        List<Integer> lengths = window.stream().map(TokenIds::sequenceLength).toList();
        for (List<Integer> batch : new BatchPlanner(BatchingSettings.DEFAULT.tokenBudget()).plan(lengths)) {
            batches.add(new PaddedBatch(batch.stream().map(window::get).toList()));
        }
    }
}
