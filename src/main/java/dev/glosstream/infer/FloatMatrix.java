package dev.glosstream.infer;

import java.util.Arrays;

/** Numbers in rows: {@code [R, C]}, row-major. Immutable; any number of threads may share one. */
public final class FloatMatrix {
    private final float[] values;
    private final int columns;

    /**
     * Creates a matrix.
     *
     * @param values a whole number of rows; copied
     * @param columns values per row, at least 1
     */
    public FloatMatrix(float[] values, int columns) {
        if (columns < 1 || values.length == 0 || values.length % columns != 0) {
            throw new IllegalArgumentException("matrix: expected a positive multiple of " + columns
                    + " values (columns at least 1), got " + values.length);
        }
        this.values = values.clone();
        this.columns = columns;
    }

    /** Returns the number of rows, {@code R}. */
    public int rows() {
        return values.length / columns;
    }

    /** Returns the number of columns, {@code C}. */
    public int columns() {
        return columns;
    }

    /** Returns one value. */
    public float at(int row, int column) {
        return values[row * columns + column];
    }

    /** Returns a row; a copy. */
    public float[] row(int row) {
        return Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
    }

    /** Returns all rows as double precision values, in arrays of the caller's own. */
    public double[][] toDoubles() {
        double[][] copy = new double[rows()][columns];
        for (int index = 0; index < values.length; index++) {
            copy[index / columns][index % columns] = values[index];
        }
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatMatrix that && columns == that.columns && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values) * 31 + columns;
    }

    @Override
    public String toString() {
        return "FloatMatrix[" + rows() + ", " + columns + "]";
    }
}
