package dev.glosstream.train;

import dev.glosstream.model.IdSpace;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The batches of one epoch: shuffled, yet of like length.
 *
 * <p>The examples are shuffled, cut into pools of fifty batches, sorted by length within a pool, cut into batches, and the
 * batches shuffled. Deterministic for a seed.
 */
final class TrainingBatches {
    private static final int POOL = 50;

    private TrainingBatches() {}

    static List<List<EncodedExample>> of(List<EncodedExample> examples, int batchSize, Random random) {
        List<EncodedExample> shuffled = new ArrayList<>(examples);
        Collections.shuffle(shuffled, random);
        List<List<EncodedExample>> batches = new ArrayList<>();
        for (int pool = 0; pool < shuffled.size(); pool += POOL * batchSize) {
            List<EncodedExample> sorted =
                    shuffled.subList(pool, Math.min(shuffled.size(), pool + POOL * batchSize)).stream()
                            .sorted(Comparator.comparing(
                                    example -> example.ids().sequenceLength()))
                            .toList();
            for (int start = 0; start < sorted.size(); start += batchSize) {
                batches.add(sorted.subList(start, Math.min(sorted.size(), start + batchSize)));
            }
        }
        Collections.shuffle(batches, random);
        return batches;
    }

    /**
     * Replaces the word of some tokens by the unknown one, so that the network learns to do without.
     *
     * @param words indices of the columns that hold words
     */
    static TokenIds dropWords(TokenIds ids, List<Integer> words, double rate, Random random) {
        if (rate == 0) {
            return ids;
        }
        int[][] dropped = new int[ids.columnCount()][];
        for (int column = 0; column < dropped.length; column++) {
            dropped[column] = ids.ids(column);
        }
        for (int position = 0; position < ids.sequenceLength(); position++) {
            if (random.nextDouble() < rate) {
                for (int column : words) {
                    dropped[column][position] = IdSpace.UNKNOWN_ID;
                }
            }
        }
        return new TokenIds(ids.sequenceLength(), dropped);
    }
}
