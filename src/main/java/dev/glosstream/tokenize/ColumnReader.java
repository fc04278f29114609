package dev.glosstream.tokenize;

import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.model.TokenColumn;
import java.util.List;

/** Looks a token up for one column, by itself. Immutable. */
@FunctionalInterface
interface ColumnReader {

    /**
     * Returns the ids of a token, {@code [W]}.
     *
     * @param surface the token as it is written
     * @param norm its normalised form
     */
    int[] ids(String surface, String norm);

    /**
     * Returns the reader of a column.
     *
     * @param column any but a lexicon, which reads a token among its neighbours
     */
    static ColumnReader of(TokenColumn column, IdSpace ids) {
        if (column instanceof EntryColumn entry) {
            return (surface, norm) -> new int[] {ids.id(TokenFeatures.entry(entry, surface, norm))};
        }
        if (column instanceof NgramColumn ngrams) {
            return (surface, norm) -> all(ids, SubwordFeatures.ngrams(ngrams, norm), ngrams.idsPerToken());
        }
        CharacterColumn characters = (CharacterColumn) column;
        return (surface, norm) -> characters(characters, ids, SubwordFeatures.characters(characters, surface));
    }

    private static int[] all(IdSpace ids, List<String> entries, int width) {
        int[] read = new int[width];
        for (int index = 0; index < entries.size(); index++) {
            read[index] = ids.id(entries.get(index));
        }
        return read;
    }

    private static int[] characters(CharacterColumn column, IdSpace ids, List<String> characters) {
        int[] read = all(ids, characters, column.idsPerToken());
        if (column.reader() == CharacterColumn.Reader.LSTM) {
            for (int index = 0; index < characters.size(); index++) {
                read[column.length() + characters.size() - 1 - index] = read[index];
            }
        }
        return read;
    }
}
