package dev.glosstream.app;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows of cells in columns, for a terminal. If the columns are too wide together, the table goes on below with those that are
 * left, each part starting with the leading columns.
 */
final class TextTable {
    private static final String INDENT = "  ";
    private static final String GAP = "  ";
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9][0-9,]*(\\.[0-9]+)?(e-[0-9]+)?");

    private final int leading;
    private final int width;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Starts a table.
     *
     * @param leading columns that every part starts with
     * @param width cells that a line may have
     * @param headers names of the columns
     */
    TextTable(int leading, int width, List<String> headers) {
        this.leading = leading;
        this.width = width;
        rows.add(List.copyOf(headers));
    }

    /** Adds a row with a cell for each column, each already safe for a terminal. */
    TextTable row(List<String> cells) {
        if (cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException("table: expected " + rows.get(0).size() + " cells, got " + cells.size());
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    /** Returns the lines. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int column = leading;
        do {
            int end = fitting(column);
            List<Integer> chosen = new ArrayList<>();
            for (int index = 0; index < end; index++) {
                if (index < leading || index >= column) {
                    chosen.add(index);
                }
            }
            List<Integer> numeric = chosen.stream().filter(this::isNumeric).toList();
            rows.forEach(row -> lines.add(line(row, chosen, numeric)));
            column = end;
        } while (column < rows.get(0).size());
        return lines;
    }

    /** Returns the end, exclusive, of the columns that fit beside the leading ones; at least one. */
    private int fitting(int start) {
        int used = INDENT.length();
        for (int index = 0; index < leading; index++) {
            used += columnWidth(index) + GAP.length();
        }
        int end = start;
        while (end < rows.get(0).size() && (end == start || used + columnWidth(end) <= width)) {
            used += columnWidth(end) + GAP.length();
            end++;
        }
        return end;
    }

    private int columnWidth(int column) {
        return rows.stream()
                .mapToInt(row -> DisplayWidth.of(row.get(column)))
                .max()
                .orElse(0);
    }

    private String line(List<String> row, List<Integer> columns, List<Integer> numeric) {
        StringBuilder line = new StringBuilder(INDENT);
        for (int column : columns) {
            String cell = row.get(column);
            String padding = " ".repeat(columnWidth(column) - DisplayWidth.of(cell));
            line.append(numeric.contains(column) ? padding + cell : cell + padding)
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }

    /** Numbers stand at the right of their column, below its name. */
    private boolean isNumeric(int column) {
        return rows.stream().skip(1).allMatch(row -> NUMBER.matcher(row.get(column))
                .matches());
    }
}
