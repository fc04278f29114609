package dev.glosstream.sequence;

import java.util.Arrays;

/**
 * What a model reads of one text: for each of its token columns (word, suffix, shape …) one id per token.
 *
 * <p>Shape: {@code [C, T]}, {@code C} columns by {@code T} real tokens, both at least 1. Ids are rows of the column's
 * embedding table, 0 or greater.
 */
public final class TokenIds {
    private final int[][] idsByColumn;

    /**
     * Creates token ids from one array per column.
     *
     * @param idsByColumn {@code [C, T]}; copied
     * @throws IllegalArgumentException if there is no column, no token, or the columns differ in length
     */
    public TokenIds(int[][] idsByColumn) {
        if (idsByColumn.length == 0 || idsByColumn[0].length == 0) {
            throw new IllegalArgumentException("token ids: expected at least one column and one token");
        }
        this.idsByColumn = new int[idsByColumn.length][];
        for (int column = 0; column < idsByColumn.length; column++) {
            if (idsByColumn[column].length != idsByColumn[0].length) {
                throw new IllegalArgumentException("token ids: expected " + idsByColumn[0].length + " ids in column "
                        + column + ", got " + idsByColumn[column].length);
            }
            this.idsByColumn[column] = idsByColumn[column].clone();
        }
    }

    /** Returns the number of columns, {@code C}. */
    public int columnCount() {
        return idsByColumn.length;
    }

    /** Returns the number of real tokens, {@code T}. */
    public int sequenceLength() {
        return idsByColumn[0].length;
    }

    /** Returns the id of one token in one column. */
    public int idAt(int column, int position) {
        return idsByColumn[column][position];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenIds that && Arrays.deepEquals(idsByColumn, that.idsByColumn);
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
