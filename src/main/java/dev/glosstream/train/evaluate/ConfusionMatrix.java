package dev.glosstream.train.evaluate;

import java.util.List;

/**
 * How often what was taken for what.
 *
 * @param rows what is true
 * @param columns what was answered
 * @param counts {@code counts[row][column]}
 */
public record ConfusionMatrix(List<String> rows, List<String> columns, List<List<Long>> counts) {

    /** Copies, and validates the shape. */
    public ConfusionMatrix {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        counts = counts.stream().map(List::copyOf).toList();
        int width = columns.size();
        if (counts.size() != rows.size() || counts.stream().anyMatch(row -> row.size() != width)) {
            throw new IllegalArgumentException(
                    "confusion matrix: expected [" + rows.size() + ", " + width + "] counts, got others");
        }
    }

    /** Returns the part of a row that went to a column, 0 for a row without cases. */
    public double share(int row, int column) {
        long all = counts.get(row).stream().mapToLong(Long::longValue).sum();
        return Ratios.ratio(counts.get(row).get(column), (double) all);
    }
}
