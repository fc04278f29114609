package dev.glosstream.explain;

import dev.glosstream.explain.ColumnReading.Cell;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.Lexicon;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.NgramColumn;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.SubwordFeatures;
import dev.glosstream.tokenize.TokenFeatures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Says for people what the ids of a text mean. */
final class ColumnGlossary {
    private static final int RESERVED = 2;
    private static final List<String> LEXICON_ROLES = List.of("", " (starts a phrase)", " (within a phrase)");

    private ColumnGlossary() {}

    /** Returns what each column looked up. */
    static List<ColumnReading> read(ModelBundle bundle, TokenizedText text, List<Token> read, TokenIds ids) {
        List<TokenColumn> columns = bundle.manifest().architecture().columns();
        List<String> names = ColumnNames.of(columns).names();
        List<ColumnReading> readings = new ArrayList<>();
        for (int index = 0; index < columns.size(); index++) {
            TokenColumn column = columns.get(index);
            IdSpace space = bundle.ids().get(index);
            List<Cell> cells = new ArrayList<>();
            for (int position = 0; position < read.size(); position++) {
                cells.add(cell(column, space, text, read.get(position), idsAt(ids, index, position)));
            }
            readings.add(
                    new ColumnReading(names.get(index), column.describe(), space.size(), column.outputSize(), cells));
        }
        return readings;
    }

    private static List<Integer> idsAt(TokenIds ids, int column, int position) {
        int width = ids.idsPerToken(column);
        return IntStream.range(0, width)
                .map(index -> ids.idAt(column, position * width + index))
                .filter(id -> id != IdSpace.PAD_ID)
                .boxed()
                .toList();
    }

    private static Cell cell(TokenColumn column, IdSpace space, TokenizedText text, Token token, List<Integer> ids) {
        if (column instanceof EntryColumn entry) {
            return new Cell(List.of(TokenFeatures.entry(entry, text, token)), ids, !ids.contains(IdSpace.UNKNOWN_ID));
        }
        if (column instanceof NgramColumn ngrams) {
            return new Cell(SubwordFeatures.ngrams(ngrams, token.norm()), ids, !ids.isEmpty());
        }
        if (column instanceof CharacterColumn characters) {
            List<String> read = SubwordFeatures.characters(characters, text.surface(token));
            return new Cell(read, ids.subList(0, read.size()), !ids.contains(IdSpace.UNKNOWN_ID));
        }
        Lexicon lexicon = (Lexicon) space;
        return new Cell(ids.stream().map(id -> lexiconClass(lexicon, id)).toList(), ids, !ids.isEmpty());
    }

    /** Returns the class of an id, and where in a phrase the word stands. */
    static String lexiconClass(Lexicon lexicon, int id) {
        int roles = LEXICON_ROLES.size();
        return lexicon.classes().get((id - RESERVED) / roles) + LEXICON_ROLES.get((id - RESERVED) % roles);
    }

    /** Returns the ids of the text in which nothing is known of one token: no entry, no class, no n-gram. */
    static TokenIds without(Architecture architecture, TokenIds ids, int position) {
        int[][] changed = new int[ids.columnCount()][];
        for (int column = 0; column < changed.length; column++) {
            changed[column] = ids.ids(column);
            int width = ids.idsPerToken(column);
            int start = position * width;
            Arrays.fill(changed[column], start, start + width, IdSpace.PAD_ID);
            TokenColumn of = architecture.columns().get(column);
            if (of instanceof EntryColumn || of instanceof CharacterColumn) {
                changed[column][start] = IdSpace.UNKNOWN_ID;
            }
            if (of instanceof CharacterColumn characters && characters.reader() == CharacterColumn.Reader.LSTM) {
                changed[column][start + characters.length()] = IdSpace.UNKNOWN_ID;
            }
        }
        return new TokenIds(ids.sequenceLength(), changed);
    }
}
