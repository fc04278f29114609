package dev.glosstream.tokenize;

import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.Lexicon;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenizedText;
import java.util.List;

/** Looks the tokens of a text up for one column. Immutable. */
@FunctionalInterface
interface ColumnReader {

    /**
     * Returns the ids of some tokens of a text, row-major {@code [T, W]}.
     *
     * @param tokens the ones that are read
     */
    int[] read(TokenizedText text, List<Token> tokens);

    /** Returns the reader of a column. */
    static ColumnReader of(TokenColumn column, IdSpace ids) {
        if (column instanceof EntryColumn entry) {
            return (text, tokens) -> tokens.stream()
                    .mapToInt(token -> ids.id(TokenFeatures.entry(entry, text, token)))
                    .toArray();
        }
        if (column instanceof NgramColumn ngrams) {
            return (text, tokens) -> {
                int[] read = new int[tokens.size() * ngrams.idsPerToken()];
                for (int position = 0; position < tokens.size(); position++) {
                    List<String> own =
                            SubwordFeatures.ngrams(ngrams, tokens.get(position).norm());
                    for (int index = 0; index < own.size(); index++) {
                        read[position * ngrams.idsPerToken() + index] = ids.id(own.get(index));
                    }
                }
                return read;
            };
        }
        if (column instanceof LexiconColumn lexicon) {
            return (text, tokens) -> classes(lexicon, (Lexicon) ids, tokens);
        }
        CharacterColumn characters = (CharacterColumn) column;
        return (text, tokens) -> characters(characters, ids, text, tokens);
    }

    private static int[] classes(LexiconColumn column, Lexicon lexicon, List<Token> tokens) {
        int width = column.idsPerToken();
        int[] read = new int[tokens.size() * width];
        List<List<Integer>> matches =
                lexicon.match(tokens.stream().map(Token::norm).toList());
        for (int position = 0; position < tokens.size(); position++) {
            List<Integer> own = matches.get(position);
            for (int index = 0; index < Math.min(own.size(), width); index++) {
                read[position * width + index] = own.get(index);
            }
        }
        return read;
    }

    private static int[] characters(CharacterColumn column, IdSpace ids, TokenizedText text, List<Token> tokens) {
        int width = column.idsPerToken();
        int[] read = new int[tokens.size() * width];
        for (int position = 0; position < tokens.size(); position++) {
            Token token = tokens.get(position);
            String surface = text.text().substring(token.charStart(), token.charEnd());
            List<String> own = SubwordFeatures.characters(column, surface);
            for (int index = 0; index < own.size(); index++) {
                int id = ids.id(own.get(index));
                read[position * width + index] = id;
                if (column.reader() == CharacterColumn.Reader.LSTM) {
                    read[position * width + column.length() + own.size() - 1 - index] = id;
                }
            }
        }
        return read;
    }
}
