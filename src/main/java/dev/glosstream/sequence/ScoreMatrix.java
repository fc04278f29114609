package dev.glosstream.sequence;

import java.util.Arrays;
import java.util.Objects;

/**
 * Raw model output for one sequence, padding removed: {@code [R, K]}, row-major.
 *
 * <p>For a tagging model the rows are the real tokens (emissions {@code [T, K]}); for a text classifier there is one row
 * (logits {@code [1, K]}). Values are unnormalised.
 */
public final class ScoreMatrix {
    private final float[] scores;
    private final int start;
    private final int rows;
    private final int columns;

    /**
     * Creates a matrix.
     *
     * @param scores row-major values, a whole number of rows; copied
     * @param columns {@code K}, at least 1
     */
    public ScoreMatrix(float[] scores, int columns) {
        this(scores.clone(), 0, columns < 1 ? 0 : scores.length / columns, columns);
        if (scores.length % columns != 0) {
            throw new IllegalArgumentException(
                    "score matrix: expected a multiple of " + columns + " values, got " + scores.length);
        }
    }

    private ScoreMatrix(float[] scores, int start, int rows, int columns) {
        if (columns < 1 || rows < 1) {
            throw new IllegalArgumentException("score matrix: expected a positive multiple of " + columns
                    + " values (columns at least 1), got " + rows + " rows of " + scores.length + " values");
        }
        Objects.checkFromIndexSize(start, rows * columns, scores.length);
        this.scores = scores;
        this.start = start;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * Returns a part of what a model answered, without a copy: all of it stays in memory as long as the matrix does.
     *
     * @param scores of a whole batch, just made; nobody may change them from now on
     * @param start where the matrix begins
     * @param rows {@code R}, at least 1
     * @param columns {@code K}, at least 1
     * @throws IndexOutOfBoundsException if the matrix reaches over the end
     */
    public static ScoreMatrix within(float[] scores, int start, int rows, int columns) {
        return new ScoreMatrix(scores, start, rows, columns);
    }

    /** Returns the number of rows, {@code R}. */
    public int rows() {
        return rows;
    }

    /** Returns the number of classes or tags, {@code K}. */
    public int columns() {
        return columns;
    }

    private int end() {
        return start + rows * columns;
    }

    /** Returns one score. */
    public float at(int row, int column) {
        return scores[start + Objects.checkIndex(row, rows) * columns + column];
    }

    /** Returns whether every score is a number: neither infinite nor NaN. */
    public boolean isFinite() {
        for (int index = start; index < end(); index++) {
            if (!Float.isFinite(scores[index])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreMatrix that
                && columns == that.columns
                && Arrays.equals(scores, start, end(), that.scores, that.start, that.end());
    }

    @Override
    public int hashCode() {
        int hash = columns;
        for (int index = start; index < end(); index++) {
            hash = 31 * hash + Float.hashCode(scores[index]);
        }
        return hash;
    }

    @Override
    public String toString() {
        return "ScoreMatrix[" + rows() + ", " + columns + "]";
    }
}
