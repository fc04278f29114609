package dev.glosstream.train;

import dev.glosstream.model.IdSpace;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words of a batch that are foretold, and the cells of a {@link LanguageModelNetwork} that foretell them: each known word
 * by the cell before it, and, by the backward direction, by the cell after it.
 */
final class ForetoldWords {
    private final long[] cells;
    private final int[] words;

    private ForetoldWords(long[] cells, int[] words) {
        this.cells = cells;
        this.words = words;
    }

    /**
     * Returns those of a batch.
     *
     * @param column the column of the words
     * @param backward whether there is a backward direction
     */
    static ForetoldWords of(List<TokenIds> batch, int column, boolean backward) {
        int length = batch.stream().mapToInt(TokenIds::sequenceLength).max().orElseThrow();
        int most = 2 * batch.size() * length;
        long[] cells = new long[most];
        int[] words = new int[most];
        int size = 0;
        for (int direction = 0; direction < (backward ? 2 : 1); direction++) {
            for (int row = 0; row < batch.size(); row++) {
                TokenIds ids = batch.get(row);
                long start = ((long) direction * batch.size() + row) * length;
                for (int position = 0; position + 1 < ids.sequenceLength(); position++) {
                    // A pair of neighbours: forwards the first foretells the second, backwards the second the first.
                    int word = ids.idAt(column, position + 1 - direction);
                    if (word > IdSpace.UNKNOWN_ID) {
                        cells[size] = start + position + direction;
                        words[size++] = word;
                    }
                }
            }
        }
        return new ForetoldWords(Arrays.copyOf(cells, size), Arrays.copyOf(words, size));
    }

    /** Returns the numbers of the cells in {@code [D * B * T]}; not copied. */
    long[] cells() {
        return cells;
    }

    /** Returns the id of the word that each cell foretells; not copied. */
    int[] words() {
        return words;
    }

    /**
     * Returns these words in order, in parts.
     *
     * @param most words of a part, at least 1
     */
    List<ForetoldWords> parts(int most) {
        List<ForetoldWords> parts = new ArrayList<>();
        for (int start = 0; start < words.length; start += most) {
            int end = Math.min(words.length, start + most);
            parts.add(new ForetoldWords(Arrays.copyOfRange(cells, start, end), Arrays.copyOfRange(words, start, end)));
        }
        return parts;
    }

    /** Returns how many words are foretold. */
    int size() {
        return words.length;
    }
}
