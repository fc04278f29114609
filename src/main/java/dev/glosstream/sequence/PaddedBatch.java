package dev.glosstream.sequence;

import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences of token ids side by side, padded to the longest: what a model reads at once.
 *
 * <p>Shapes: ids {@code [C][B, T, W]}, mask {@code [B, T]}, reversal {@code [B * T]}; {@code C} columns, {@code B}
 * sequences, {@code T} the longest of them, {@code W} the column's ids per token. Padding is id 0 and mask 0, always after
 * the real tokens.
 */
public final class PaddedBatch {
    /** The id that fills a row after its last real token, in every column. */
    public static final int PAD_ID = 0;

    private final List<TokenIds> sequences;
    private final int paddedLength;

    /**
     * Creates a batch.
     *
     * @param sequences at least one, all with the same number of columns
     */
    public PaddedBatch(List<TokenIds> sequences) {
        if (sequences.isEmpty()) {
            throw new IllegalArgumentException("padded batch: expected at least one sequence, got none");
        }
        this.sequences = List.copyOf(sequences);
        int longest = 0;
        for (TokenIds sequence : sequences) {
            requireSameColumns(sequences.get(0), sequence);
            longest = Math.max(longest, sequence.sequenceLength());
        }
        this.paddedLength = longest;
    }

    private static void requireSameColumns(TokenIds first, TokenIds other) {
        boolean same = other.columnCount() == first.columnCount();
        for (int column = 0; same && column < first.columnCount(); column++) {
            same = other.idsPerToken(column) == first.idsPerToken(column);
        }
        if (!same) {
            throw new IllegalArgumentException("padded batch: expected " + first.columnCount()
                    + " columns of the same ids per token in each sequence, got " + other.columnCount());
        }
    }

    /** Returns the number of sequences, {@code B}. */
    public int batchSize() {
        return sequences.size();
    }

    /** Returns the length of the longest sequence, {@code T}. */
    public int paddedLength() {
        return paddedLength;
    }

    /** Returns the number of token columns, {@code C}. */
    public int columnCount() {
        return sequences.get(0).columnCount();
    }

    /** Returns the number of real tokens of one row. */
    public int sequenceLength(int row) {
        return sequences.get(row).sequenceLength();
    }

    /** Returns the number of ids per token in one column, {@code W}. */
    public int idsPerToken(int column) {
        return sequences.get(0).idsPerToken(column);
    }

    /** Returns the number of ids of one column, padding included: {@code B * T * W}. */
    public int idCount(int column) {
        return Math.multiplyExact(Math.multiplyExact(batchSize(), paddedLength), idsPerToken(column));
    }

    /** Returns the ids of one column, row-major {@code [B, T, W]}, padding as {@link #PAD_ID}. */
    public long[] ids(int column) {
        long[] ids = new long[idCount(column)];
        writeIds(column, LongBuffer.wrap(ids));
        return ids;
    }

    /**
     * Writes the {@link #ids} of one column.
     *
     * @param target from its position on there is room for {@link #idCount} of them
     */
    public void writeIds(int column, LongBuffer target) {
        long[] cells = new long[paddedLength * idsPerToken(column)];
        for (TokenIds sequence : sequences) {
            int written = sequence.widen(column, cells);
            Arrays.fill(cells, written, cells.length, PAD_ID);
            target.put(cells);
        }
    }

    /** Returns the number of real tokens of each row, {@code [B]}. */
    public long[] lengths() {
        return sequences.stream().mapToLong(TokenIds::sequenceLength).toArray();
    }

    /** Returns the attention mask, row-major {@code [B, T]}: 1 for a real token, 0 for padding. */
    public float[] attentionMask() {
        float[] mask = new float[batchSize() * paddedLength];
        for (int row = 0; row < batchSize(); row++) {
            int start = row * paddedLength;
            Arrays.fill(mask, start, start + sequenceLength(row), 1f);
        }
        return mask;
    }

    /**
     * Returns, for each cell of {@code [B, T]} row-major, the cell that takes its place when every row is reversed within
     * its own length; padding keeps its place. Applying it twice restores the batch.
     */
    public long[] reversal() {
        long[] reversal = new long[batchSize() * paddedLength];
        for (int row = 0; row < batchSize(); row++) {
            int start = row * paddedLength;
            int length = sequenceLength(row);
            for (int position = 0; position < paddedLength; position++) {
                reversal[start + position] = (long) start + (position < length ? length - 1 - position : position);
            }
        }
        return reversal;
    }

    @Override
    public String toString() {
        return "PaddedBatch[" + batchSize() + ", " + paddedLength + "]";
    }
}
