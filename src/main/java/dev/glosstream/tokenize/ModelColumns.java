package dev.glosstream.tokenize;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.Lexicon;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.sequence.TokenIds;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of one model: what it looks up of a word, and how the words of a text become its token ids. Immutable.
 *
 * <p>What several models know of a word lies side by side in one {@link Word}: {@link #read} and {@link #start} write a
 * model's part of it and {@link #ids} takes it out again.
 */
final class ModelColumns {
    private final List<TokenColumn> columns;
    private final List<Reader> readers = new ArrayList<>();
    private final List<Listed> lexicons = new ArrayList<>();
    private final int idsPerWord;
    private final int maxSequenceLength;
    private final Architecture.Truncation truncation;

    /** A column that reads a word by itself. */
    private record Reader(int column, int width, ColumnReader reader) {}

    /** A column that reads a word among its neighbours. */
    private record Listed(int column, int width, Lexicon lexicon) {}

    /** What the columns of all models know of a word. */
    static final class Word extends SpanMemo.Entry {
        /** Of every column but lexicons, one column after the other. */
        private final int[] ids;
        /** Of every lexicon. */
        private final Lexicon.Start[] starts;

        /**
         * Takes arrays over, complete: threads share a word without a lock, and final fields publish what was written
         * before.
         */
        Word(String surface, String norm, int[] ids, Lexicon.Start[] starts) {
            super(surface, norm);
            this.ids = ids;
            this.starts = starts;
        }
    }

    ModelColumns(Architecture architecture, List<? extends IdSpace> ids) {
        if (architecture.columns().size() != ids.size()) {
            throw new IllegalArgumentException("token encoder: expected ids for each column, got " + ids.size()
                    + " for " + architecture.columns().size());
        }
        this.columns = architecture.columns();
        for (int index = 0; index < ids.size(); index++) {
            TokenColumn column = columns.get(index);
            if (column instanceof LexiconColumn) {
                lexicons.add(new Listed(index, column.idsPerToken(), (Lexicon) ids.get(index)));
            } else {
                readers.add(new Reader(index, column.idsPerToken(), ColumnReader.of(column, ids.get(index))));
            }
        }
        this.idsPerWord = readers.stream().mapToInt(Reader::width).sum();
        this.maxSequenceLength = architecture.maxSequenceLength();
        this.truncation = architecture.truncation();
    }

    /** Returns how many ids these columns have of each word by itself. */
    int idsPerWord() {
        return idsPerWord;
    }

    /** Returns how many lexicons these columns have. */
    int startsPerWord() {
        return lexicons.size();
    }

    /** Looks a word up by itself, and writes {@link #idsPerWord} ids. */
    void read(String surface, String norm, int[] ids, int firstId) {
        int offset = firstId;
        for (Reader each : readers) {
            each.reader().read(surface, norm, ids, offset);
            offset += each.width();
        }
    }

    /** Looks a word up in the lexicons, and writes {@link #startsPerWord} starts. */
    void start(String norm, Lexicon.Start[] starts, int firstStart) {
        for (int index = 0; index < lexicons.size(); index++) {
            starts[firstStart + index] = lexicons.get(index).lexicon().start(norm);
        }
    }

    /** Returns how many tokens of a text these columns read. */
    int kept(int tokens) {
        return Math.min(tokens, maxSequenceLength);
    }

    /** Returns which token of a text comes at a position of those that are read. */
    int tokenAt(int position, int tokens) {
        int kept = kept(tokens);
        int tail =
                switch (truncation) {
                    case HEAD -> 0;
                    case TAIL -> kept;
                    case HEAD_TAIL -> kept / 2;
                };
        return position < kept - tail ? position : tokens - kept + position;
    }

    /**
     * Returns the token ids of a text.
     *
     * @param words of the text, those at least that are kept
     * @param firstId where the ids of these columns begin in each word
     * @param firstStart where their lexicons begin
     */
    TokenIds ids(Word[] words, int firstId, int firstStart) {
        int kept = kept(words.length);
        Word[] read = words;
        if (kept < words.length) {
            read = new Word[kept];
            for (int position = 0; position < kept; position++) {
                read[position] = words[tokenAt(position, words.length)];
            }
        }
        int[][] ids = new int[columns.size()][];
        copy(read, firstId, ids);
        match(read, firstStart, ids);
        return TokenIds.owning(kept, ids);
    }

    private void copy(Word[] words, int firstId, int[][] ids) {
        int offset = firstId;
        for (Reader each : readers) {
            int width = each.width();
            int[] target = new int[words.length * width];
            for (int position = 0; position < words.length; position++) {
                if (width == 1) {
                    target[position] = words[position].ids[offset];
                } else {
                    System.arraycopy(words[position].ids, offset, target, position * width, width);
                }
            }
            ids[each.column()] = target;
            offset += width;
        }
    }

    private void match(Word[] words, int firstStart, int[][] ids) {
        for (int index = 0; index < lexicons.size(); index++) {
            Listed each = lexicons.get(index);
            Lexicon.Start[] starts = new Lexicon.Start[words.length];
            for (int position = 0; position < words.length; position++) {
                starts[position] = words[position].starts[firstStart + index];
            }
            ids[each.column()] = each.lexicon().match(starts, each.width());
        }
    }
}
