package dev.glosstream.embedding;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Entries and their vectors: {@code V} rows of {@code D} values. Immutable; any number of threads may share one.
 */
public final class WordVectors {
    private final List<String> entries;
    private final float[][] rows;
    private final Map<String, Integer> indices;

    /**
     * Creates a table.
     *
     * @param entries distinct, at least one
     * @param rows one per entry, all of one length, at least 1; copied
     * @throws IllegalArgumentException if they do not fit together
     */
    public WordVectors(List<String> entries, float[][] rows) {
        if (entries.isEmpty() || entries.size() != rows.length || rows[0].length == 0) {
            throw new IllegalArgumentException("word vectors: expected one row of at least one value per entry, got "
                    + entries.size() + " entries and " + rows.length + " rows");
        }
        this.entries = List.copyOf(entries);
        this.rows = new float[rows.length][];
        this.indices = new HashMap<>(entries.size() * 2);
        for (int row = 0; row < rows.length; row++) {
            this.rows[row] = rows[row].clone();
            if (rows[row].length != rows[0].length || indices.put(entries.get(row), row) != null) {
                throw new IllegalArgumentException("word vectors: expected distinct entries with " + rows[0].length
                        + " values each, got another at row " + row);
            }
        }
    }

    /** Returns the number of entries, {@code V}. */
    public int size() {
        return entries.size();
    }

    /** Returns the values per entry, {@code D}. */
    public int dimension() {
        return rows[0].length;
    }

    /** Returns the entries in the order of their rows. */
    public List<String> entries() {
        return entries;
    }

    /** Returns the row of an entry, if it has one. */
    public OptionalInt indexOf(String entry) {
        Integer index = indices.get(entry);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** Returns one value. */
    public float at(int row, int index) {
        return rows[row][index];
    }

    /** Returns these rows, in this order. */
    public WordVectors select(List<Integer> chosen) {
        return new WordVectors(
                chosen.stream().map(entries::get).toList(),
                chosen.stream().map(row -> rows[row]).toArray(float[][]::new));
    }

    /** Returns these vectors, every value times a factor. */
    public WordVectors times(float factor) {
        float[][] scaled = new float[rows.length][dimension()];
        for (int row = 0; row < rows.length; row++) {
            for (int index = 0; index < scaled[row].length; index++) {
                scaled[row][index] = rows[row][index] * factor;
            }
        }
        return new WordVectors(entries, scaled);
    }

    /**
     * Returns the entries whose vectors point most nearly the same way, nearest first, the entry itself left out. Ties go to
     * the lower row. O(V·D) time and a sort.
     *
     * @param count most entries to return
     */
    public List<Neighbour> nearest(int row, int count) {
        double[] cosines = IntStream.range(0, size())
                .mapToDouble(other -> cosine(row, other))
                .toArray();
        return IntStream.range(0, size())
                .filter(other -> other != row)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer other) -> -cosines[other]))
                .limit(count)
                .map(other -> new Neighbour(entries.get(other), cosines[other]))
                .toList();
    }

    /** Returns the cosine of the angle between two rows; 0 if one of them is all zeros. */
    public double cosine(int one, int other) {
        double product = dot(one, other);
        double lengths = Math.sqrt(dot(one, one)) * Math.sqrt(dot(other, other));
        return lengths == 0 ? 0 : product / lengths;
    }

    private double dot(int one, int other) {
        double sum = 0;
        for (int index = 0; index < dimension(); index++) {
            sum += (double) rows[one][index] * rows[other][index];
        }
        return sum;
    }

    /** Returns the rows as double precision values, in an array of the caller's own. */
    double[][] toDoubles() {
        double[][] copy = new double[size()][dimension()];
        for (int row = 0; row < size(); row++) {
            for (int index = 0; index < dimension(); index++) {
                copy[row][index] = rows[row][index];
            }
        }
        return copy;
    }

    @Override
    public String toString() {
        return "WordVectors[" + size() + ", " + dimension() + "]";
    }
}
