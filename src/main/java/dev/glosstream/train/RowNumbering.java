package dev.glosstream.train;

import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers the rows of the embedding tables that a batch looks up, from 0 without gaps, so that a step handles a table of
 * those rows instead of the whole.
 *
 * <p>The padding row is number 0 in every batch; the others follow in the order in which they are met. Reused from batch to
 * batch; one thread.
 */
final class RowNumbering {
    private final int[][] numbers;
    private final int[][] met;
    private final int[] counts;

    /**
     * Creates a numbering.
     *
     * @param rows rows of each column's table
     */
    RowNumbering(List<Integer> rows) {
        numbers = new int[rows.size()][];
        met = new int[rows.size()][];
        counts = new int[rows.size()];
        for (int column = 0; column < numbers.length; column++) {
            numbers[column] = new int[rows.get(column)];
            Arrays.fill(numbers[column], -1);
            met[column] = new int[rows.get(column)];
        }
    }

    /** Returns the sequences with row numbers of this batch in place of ids. */
    List<TokenIds> number(List<TokenIds> sequences) {
        for (int column = 0; column < numbers.length; column++) {
            for (int index = 0; index < counts[column]; index++) {
                numbers[column][met[column][index]] = -1;
            }
            counts[column] = 0;
            number(column, PaddedBatch.PAD_ID);
        }
        List<TokenIds> numbered = new ArrayList<>(sequences.size());
        for (TokenIds ids : sequences) {
            int[][] local = new int[numbers.length][ids.sequenceLength()];
            for (int column = 0; column < local.length; column++) {
                for (int position = 0; position < local[column].length; position++) {
                    local[column][position] = number(column, ids.idAt(column, position));
                }
            }
            numbered.add(new TokenIds(local));
        }
        return numbered;
    }

    private int number(int column, int id) {
        if (numbers[column][id] < 0) {
            numbers[column][id] = counts[column];
            met[column][counts[column]++] = id;
        }
        return numbers[column][id];
    }

    /** Returns the ids that the latest batch looks up in a column, in the order of their numbers. */
    int[] rows(int column) {
        return Arrays.copyOf(met[column], counts[column]);
    }
}
