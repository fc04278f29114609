package dev.glosstream.train;

import dev.glosstream.model.IdSpace;
import dev.glosstream.sequence.TokenIds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The batches of one epoch: shuffled, yet of like length.
 *
 * <p>The examples are shuffled, cut into pools of fifty batches, sorted by length within a pool, cut into batches, and the
 * batches shuffled. Deterministic for a seed. Indices alone are held: eight bytes and less per example.
 */
final class TrainingBatches {
    private static final int POOL = 50;

    private final int[] order;
    private final int[] starts;
    private final int batchSize;

    private TrainingBatches(int[] order, int[] starts, int batchSize) {
        this.order = order;
        this.starts = starts;
        this.batchSize = batchSize;
    }

    /**
     * Returns the batches of examples.
     *
     * @param sequenceLengths of each example
     * @param random drawn from as {@link java.util.Collections#shuffle} draws
     */
    static TrainingBatches of(int[] sequenceLengths, int batchSize, Random random) {
        int[] order = IntStream.range(0, sequenceLengths.length).toArray();
        shuffle(order, random);
        // Every pool but the last holds whole batches, so the batches start at multiples of their size.
        for (int pool = 0; pool < order.length; pool += POOL * batchSize) {
            sort(order, pool, Math.min(order.length, pool + POOL * batchSize), sequenceLengths);
        }
        int[] starts = IntStream.iterate(0, start -> start < order.length, start -> start + batchSize)
                .toArray();
        shuffle(starts, random);
        return new TrainingBatches(order, starts, batchSize);
    }

    private static void shuffle(int[] values, Random random) {
        for (int left = values.length; left > 1; left--) {
            int other = random.nextInt(left);
            int value = values[other];
            values[other] = values[left - 1];
            values[left - 1] = value;
        }
    }

    /** Sorts by length; what is as long as another stays behind it. */
    private static void sort(int[] order, int from, int to, int[] sequenceLengths) {
        long[] keys = IntStream.range(from, to)
                .mapToLong(place -> ((long) sequenceLengths[order[place]] << Integer.SIZE) + place)
                .sorted()
                .toArray();
        int[] unsorted = Arrays.copyOfRange(order, from, to);
        for (int place = from; place < to; place++) {
            order[place] = unsorted[(int) keys[place - from] - from];
        }
    }

    /** Returns the number of batches. */
    int size() {
        return starts.length;
    }

    /** Returns the indices of the examples of a batch, counted from 0. */
    int[] batch(int index) {
        return Arrays.copyOfRange(order, starts[index], Math.min(order.length, starts[index] + batchSize));
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
