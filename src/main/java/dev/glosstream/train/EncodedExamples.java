package dev.glosstream.train;

import dev.glosstream.sequence.TokenIds;
import dev.glosstream.train.corpus.StoredList;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/**
 * All that a run learns from, in a file; on the heap are sixteen bytes per example: where it is, and its number of tokens.
 *
 * <p>First it is filled, then read: weights are returned divided by the mean of all. One thread; whoever makes it closes it.
 */
final class EncodedExamples extends AbstractList<EncodedExample> implements RandomAccess, Closeable {
    private final StoredList<EncodedExample> stored;
    private int[] sequenceLengths = new int[16];
    private double meanWeight = 1;

    private EncodedExamples(StoredList<EncodedExample> stored) {
        this.stored = stored;
    }

    /** Returns no examples yet, in a file that is replaced if it exists. */
    static EncodedExamples in(Path file) throws IOException {
        return new EncodedExamples(StoredList.in(file, new Codec()));
    }

    /** Returns no examples yet, in a temporary file. */
    static EncodedExamples temporary() {
        return new EncodedExamples(StoredList.temporary(new Codec()));
    }

    @Override
    public boolean add(EncodedExample example) {
        if (stored.size() == sequenceLengths.length) {
            sequenceLengths = Arrays.copyOf(sequenceLengths, stored.size() + (stored.size() >> 1));
        }
        sequenceLengths[stored.size()] = example.ids().sequenceLength();
        modCount++;
        return stored.add(example);
    }

    /** Makes the mean of all weights 1; to be called when all examples are there. */
    void normalise() {
        meanWeight =
                stored.stream().mapToDouble(EncodedExample::weight).average().orElse(1);
    }

    @Override
    public EncodedExample get(int index) {
        EncodedExample example = stored.get(index);
        return example.withWeight((float) (example.weight() / meanWeight));
    }

    @Override
    public int size() {
        return stored.size();
    }

    /** Returns the number of tokens of each example; a copy. */
    int[] sequenceLengths() {
        return Arrays.copyOf(sequenceLengths, stored.size());
    }

    /** Closes the file. */
    @Override
    public void close() throws IOException {
        stored.close();
    }

    /** How an example lies in the file. */
    private static final class Codec implements StoredList.Codec<EncodedExample> {
        @Override
        public void write(EncodedExample example, DataOutputStream out) throws IOException {
            TokenIds ids = example.ids();
            out.writeInt(ids.sequenceLength());
            out.writeInt(ids.columnCount());
            for (int column = 0; column < ids.columnCount(); column++) {
                write(ids.ids(column), out);
            }
            write(example.tags(), out);
            out.writeInt(example.distribution().length);
            for (float probability : example.distribution()) {
                out.writeFloat(probability);
            }
            out.writeFloat(example.weight());
        }

        @Override
        public EncodedExample read(DataInputStream in) throws IOException {
            int sequenceLength = in.readInt();
            int[][] columns = new int[in.readInt()][];
            for (int column = 0; column < columns.length; column++) {
                columns[column] = ints(in);
            }
            TokenIds ids = new TokenIds(sequenceLength, columns);
            int[] tags = ints(in);
            float[] distribution = new float[in.readInt()];
            for (int index = 0; index < distribution.length; index++) {
                distribution[index] = in.readFloat();
            }
            float weight = in.readFloat();
            return distribution.length == 0
                    ? EncodedExample.ofTags(ids, tags, weight)
                    : EncodedExample.ofClass(ids, distribution, weight);
        }

        private static void write(int[] values, DataOutputStream out) throws IOException {
            out.writeInt(values.length);
            for (int value : values) {
                out.writeInt(value);
            }
        }

        private static int[] ints(DataInputStream in) throws IOException {
            int[] values = new int[in.readInt()];
            for (int index = 0; index < values.length; index++) {
                values[index] = in.readInt();
            }
            return values;
        }
    }
}
