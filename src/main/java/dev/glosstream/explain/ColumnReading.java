package dev.glosstream.explain;

import java.util.List;

/**
 * What one token column looked up of a text.
 *
 * @param name short name, unique within the model, for example {@code suffix3}
 * @param description what the column is
 * @param rows rows of its embedding table
 * @param size values that it adds to a token's vector
 * @param cells one per token read
 */
public record ColumnReading(String name, String description, int rows, int size, List<Cell> cells) {

    /**
     * One token in one column.
     *
     * @param entries what was looked up: the word, its ending, its classes, its n-grams …; may be empty
     * @param ids rows of the table, padding left out
     * @param known whether the table has a row for it, and not only the one that stands for everything unknown
     */
    public record Cell(List<String> entries, List<Integer> ids, boolean known) {
        /** Copies the lists. */
        public Cell {
            entries = List.copyOf(entries);
            ids = List.copyOf(ids);
        }
    }

    /** Copies the cells. */
    public ColumnReading {
        cells = List.copyOf(cells);
    }
}
