package dev.glosstream.sequence;

import java.util.Arrays;

/**
 * Raw model output for one sequence, padding removed: {@code [R, K]}, row-major.
 *
 * <p>For a tagging model the rows are the real tokens (emissions {@code [T, K]}); for a text classifier there is one row
 * (logits {@code [1, K]}). Values are unnormalised.
 */
public final class ScoreMatrix {
    private final float[] scores;
    private final int columns;

    /**
     * Creates a matrix.
     *
     * @param scores row-major values, a whole number of rows; copied
     * @param columns {@code K}, at least 1
     */
    public ScoreMatrix(float[] scores, int columns) {
        if (columns < 1 || scores.length == 0 || scores.length % columns != 0) {
            throw new IllegalArgumentException("score matrix: expected a positive multiple of " + columns
                    + " values (columns at least 1), got " + scores.length);
        }
        this.scores = scores.clone();
        this.columns = columns;
    }

    /** Returns the number of rows, {@code R}. */
    public int rows() {
        return scores.length / columns;
    }

    /** Returns the number of classes or tags, {@code K}. */
    public int columns() {
        return columns;
    }

    /** Returns one score. */
    public float at(int row, int column) {
        return scores[row * columns + column];
    }

    /** Returns whether every score is a number: neither infinite nor NaN. */
    public boolean isFinite() {
        for (float score : scores) {
            if (!Float.isFinite(score)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScoreMatrix that && columns == that.columns && Arrays.equals(scores, that.scores);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(scores) * 31 + columns;
    }

    @Override
    public String toString() {
        return "ScoreMatrix[" + rows() + ", " + columns + "]";
    }
}
