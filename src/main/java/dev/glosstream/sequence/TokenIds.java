package dev.glosstream.sequence;

import java.util.Arrays;

/**
 * What a model reads of one text: for each of its token columns (word, suffix, characters …) the ids of each token.
 *
 * <p>Shape: {@code [C][T, W]}, {@code C} columns by {@code T} real tokens by the column's own number of ids per token, all at
 * least 1. Ids are rows of the column's embedding table, 0 or greater; where a token has fewer than {@code W}, the others
 * are {@link PaddedBatch#PAD_ID}.
 */
public final class TokenIds {
    private final int[][] idsByColumn;
    private final int sequenceLength;

    /**
     * Creates token ids from one array per column.
     *
     * @param sequenceLength number of real tokens, {@code T}
     * @param idsByColumn {@code [C][T * W]}, row-major; copied
     * @throws IllegalArgumentException if there is no column or no token, or a column's length is no multiple of {@code T}
     */
    public TokenIds(int sequenceLength, int[][] idsByColumn) {
        this(Arrays.stream(idsByColumn).map(int[]::clone).toArray(int[][]::new), sequenceLength);
    }

    private TokenIds(int[][] idsByColumn, int sequenceLength) {
        if (idsByColumn.length == 0 || sequenceLength < 1) {
            throw new IllegalArgumentException("token ids: expected at least one column and one token");
        }
        this.sequenceLength = sequenceLength;
        this.idsByColumn = idsByColumn;
        for (int column = 0; column < idsByColumn.length; column++) {
            int length = idsByColumn[column].length;
            if (length == 0 || length % sequenceLength != 0) {
                throw new IllegalArgumentException("token ids: expected a multiple of " + sequenceLength
                        + " ids in column " + column + ", got " + length);
            }
        }
    }

    /**
     * Returns token ids that take arrays over, for who has just made them: nothing is copied.
     *
     * @param sequenceLength number of real tokens, {@code T}
     * @param idsByColumn {@code [C][T * W]}, row-major; belongs to the token ids from now on, nobody may change it
     * @throws IllegalArgumentException if there is no column or no token, or a column's length is no multiple of {@code T}
     */
    public static TokenIds owning(int sequenceLength, int[][] idsByColumn) {
        return new TokenIds(idsByColumn, sequenceLength);
    }

    /** Returns the number of columns, {@code C}. */
    public int columnCount() {
        return idsByColumn.length;
    }

    /** Returns the number of real tokens, {@code T}. */
    public int sequenceLength() {
        return sequenceLength;
    }

    /** Returns the number of ids per token in one column, {@code W}. */
    public int idsPerToken(int column) {
        return idsByColumn[column].length / sequenceLength;
    }

    /**
     * Returns an id of one column.
     *
     * @param index row-major in {@code [T, W]}: the position of the token where it has one id
     */
    public int idAt(int column, int index) {
        return idsByColumn[column][index];
    }

    /** Writes the ids of one column to the begin of an array that has room for them, and returns how many they are. */
    int widen(int column, long[] target) {
        int[] ids = idsByColumn[column];
        for (int index = 0; index < ids.length; index++) {
            target[index] = ids[index];
        }
        return ids.length;
    }

    /** Returns the ids of one column, row-major {@code [T, W]}; a copy. */
    public int[] ids(int column) {
        return idsByColumn[column].clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenIds that
                && sequenceLength == that.sequenceLength
                && Arrays.deepEquals(idsByColumn, that.idsByColumn);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(idsByColumn);
    }

    @Override
    public String toString() {
        return "TokenIds[" + columnCount() + ", " + sequenceLength() + "]";
    }
}
