package dev.glosstream.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Optional;

/**
 * One thing a model looks up about each token, in an embedding table; the vectors of all columns are put side by side.
 *
 * <p>Columns whose entries are in the same file share one table.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = EntryColumn.class, name = "entry"),
    @JsonSubTypes.Type(value = LexiconColumn.class, name = "lexicon"),
    @JsonSubTypes.Type(value = NgramColumn.class, name = "ngrams"),
    @JsonSubTypes.Type(value = CharacterColumn.class, name = "characters")
})
public sealed interface TokenColumn permits EntryColumn, LexiconColumn, NgramColumn, CharacterColumn {

    /** Returns the values per row of the embedding table, 1 to 1,024. */
    int dimension();

    /** Returns how many ids a token has in this column, {@code W}, at least 1; unused ones are padding. */
    int idsPerToken();

    /** Returns the values that this column adds to a token's vector. */
    int outputSize();

    /** Returns the file of the bundle that holds the entries, if they are listed at all. */
    Optional<String> file();

    /** Returns a short description for people, for example {@code word (100)}. */
    String describe();

    /**
     * Requires a number to be in a range.
     *
     * @throws IllegalArgumentException if it is not
     */
    static void require(String column, String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "column " + column + ": expected " + name + " " + least + " to " + most + ", got " + value);
        }
    }
}
