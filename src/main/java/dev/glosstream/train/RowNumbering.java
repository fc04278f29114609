package dev.glosstream.train;

import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Numbers the rows of the embedding tables that a batch looks up, from 0 without gaps, so that a step handles a table of
 * those rows instead of the whole.
 *
 * <p>The padding row is number 0 in every batch; the others follow in the order in which they are met. Reused from batch to
 * batch; one thread.
 */
final class RowNumbering {
    private final Map<HeapParameter, TableRows> byTable = new LinkedHashMap<>();
    private final List<TableRows> rowsOfColumn;

    /**
     * Creates a numbering.
     *
     * @param tableOfColumn the table that each column looks up; columns may share one
     */
    RowNumbering(List<HeapParameter> tableOfColumn) {
        rowsOfColumn = tableOfColumn.stream()
                .map(table -> byTable.computeIfAbsent(table, each -> new TableRows(each.rows())))
                .toList();
    }

    /** Returns the sequences with row numbers of this batch in place of ids. */
    List<TokenIds> number(List<TokenIds> sequences) {
        byTable.values().forEach(TableRows::clear);
        List<TokenIds> numbered = new ArrayList<>(sequences.size());
        for (TokenIds ids : sequences) {
            int[][] local = new int[rowsOfColumn.size()][];
            for (int column = 0; column < local.length; column++) {
                local[column] = ids.ids(column);
                TableRows rows = rowsOfColumn.get(column);
                for (int index = 0; index < local[column].length; index++) {
                    local[column][index] = rows.number(local[column][index]);
                }
            }
            numbered.add(new TokenIds(ids.sequenceLength(), local));
        }
        return numbered;
    }

    /** Returns the ids that the latest batch looks up in a table, in the order of their numbers. */
    int[] rows(HeapParameter table) {
        return Objects.requireNonNull(byTable.get(table), "a table of a column").met();
    }

    /** The rows of one table that the batch looks up. */
    private static final class TableRows {
        private final int[] numbers;
        private final int[] met;
        private int count;

        TableRows(int rows) {
            numbers = new int[rows];
            Arrays.fill(numbers, -1);
            met = new int[rows];
        }

        void clear() {
            for (int index = 0; index < count; index++) {
                numbers[met[index]] = -1;
            }
            count = 0;
            number(PaddedBatch.PAD_ID);
        }

        int number(int id) {
            if (numbers[id] < 0) {
                numbers[id] = count;
                met[count++] = id;
            }
            return numbers[id];
        }

        int[] met() {
            return Arrays.copyOf(met, count);
        }
    }
}
