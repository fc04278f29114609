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
     * Writes the ids of a token, {@code [W]}.
     *
     * @param surface the token as it is written
     * @param norm its normalised form
     * @param ids where they belong, with padding in it
     * @param offset of the first of them
     */
    void read(String surface, String norm, int[] ids, int offset);

    /**
     * Returns the reader of a column.
     *
     * @param column any but a lexicon, which reads a token among its neighbours
     */
    static ColumnReader of(TokenColumn column, IdSpace space) {
        if (column instanceof EntryColumn entry) {
            return (surface, norm, ids, offset) -> ids[offset] = space.id(TokenFeatures.entry(entry, surface, norm));
        }
        if (column instanceof NgramColumn ngrams) {
            return (surface, norm, ids, offset) -> all(space, SubwordFeatures.ngrams(ngrams, norm), ids, offset);
        }
        CharacterColumn characters = (CharacterColumn) column;
        return (surface, norm, ids, offset) ->
                characters(characters, space, SubwordFeatures.characters(characters, surface), ids, offset);
    }

    private static void all(IdSpace space, List<String> entries, int[] ids, int offset) {
        for (int index = 0; index < entries.size(); index++) {
            ids[offset + index] = space.id(entries.get(index));
        }
    }

    private static void characters(
            CharacterColumn column, IdSpace space, List<String> characters, int[] ids, int offset) {
        all(space, characters, ids, offset);
        if (column.reader() == CharacterColumn.Reader.LSTM) {
            int backwards = offset + column.length();
            for (int index = 0; index < characters.size(); index++) {
                ids[backwards + characters.size() - 1 - index] = ids[offset + index];
            }
        }
    }
}
