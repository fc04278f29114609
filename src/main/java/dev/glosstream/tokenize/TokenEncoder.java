package dev.glosstream.tokenize;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.BundleException;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.Lexicon;
import dev.glosstream.model.LexiconColumn;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Looks tokens up in the columns of one model. Any number of threads may share one; it remembers frequent words.
 */
public final class TokenEncoder {
    private final List<TokenColumn> columns;
    private final List<Optional<ColumnReader>> readers = new ArrayList<>();
    private final List<Optional<Lexicon>> lexicons = new ArrayList<>();
    private final SpanMemo<WordIds> words = new SpanMemo<>(this::look);
    private final int maxSequenceLength;
    private final Architecture.Truncation truncation;

    /** What the columns know of a word. */
    private static final class WordIds {
        /** Of every column but lexicons, one column after the other. */
        private final int[] ids;
        /** Of every lexicon. */
        private final List<Lexicon.Start> starts;

        WordIds(int[] ids, List<Lexicon.Start> starts) {
            this.ids = ids;
            this.starts = starts;
        }
    }

    /**
     * Creates an encoder.
     *
     * @param architecture what to look up, and how much of a text
     * @param ids where, one per column
     */
    public TokenEncoder(Architecture architecture, List<? extends IdSpace> ids) {
        if (architecture.columns().size() != ids.size()) {
            throw new IllegalArgumentException("token encoder: expected ids for each column, got " + ids.size()
                    + " for " + architecture.columns().size());
        }
        this.columns = architecture.columns();
        for (int column = 0; column < ids.size(); column++) {
            boolean lexicon = columns.get(column) instanceof LexiconColumn;
            readers.add(
                    lexicon ? Optional.empty() : Optional.of(ColumnReader.of(columns.get(column), ids.get(column))));
            lexicons.add(lexicon ? Optional.of((Lexicon) ids.get(column)) : Optional.empty());
        }
        this.maxSequenceLength = architecture.maxSequenceLength();
        this.truncation = architecture.truncation();
    }

    /**
     * Creates the encoder of a bundle.
     *
     * @throws BundleException if the bundle was trained with another tokenizer
     */
    public static TokenEncoder of(ModelBundle bundle) {
        requireTokenizer(bundle);
        return new TokenEncoder(bundle.manifest().architecture(), bundle.ids());
    }

    /**
     * Requires that a bundle was trained with the tokenizer of this program.
     *
     * @throws BundleException if not
     */
    public static void requireTokenizer(ModelBundle bundle) {
        String tokenizer = bundle.manifest().tokenizer();
        if (!tokenizer.equals(Tokenizer.NAME)) {
            throw new BundleException("model '" + bundle.id() + "': expected tokenizer '" + Tokenizer.NAME + "', got '"
                    + tokenizer + "'; train it again with this version");
        }
    }

    /**
     * Returns the ids of the tokens that the model reads of a text.
     *
     * @throws IllegalArgumentException if the text has no token
     */
    public TokenIds encode(TokenizedText text) {
        List<Token> tokens = kept(text.tokens());
        List<WordIds> known = new ArrayList<>(tokens.size());
        for (Token token : tokens) {
            known.add(words.get(text.text(), token.charStart(), token.charEnd(), token.norm()));
        }
        int[][] ids = new int[columns.size()][];
        int offset = 0;
        int lexicon = 0;
        for (int column = 0; column < ids.length; column++) {
            int width = columns.get(column).idsPerToken();
            if (lexicons.get(column).isPresent()) {
                ids[column] = lexicons.get(column).get().match(starts(known, lexicon), width);
                lexicon++;
            } else {
                ids[column] = column(known, offset, width);
                offset += width;
            }
        }
        return TokenIds.owning(tokens.size(), ids);
    }

    private static List<Lexicon.Start> starts(List<WordIds> words, int lexicon) {
        List<Lexicon.Start> starts = new ArrayList<>(words.size());
        for (WordIds word : words) {
            starts.add(word.starts.get(lexicon));
        }
        return starts;
    }

    private static int[] column(List<WordIds> words, int offset, int width) {
        int[] ids = new int[words.size() * width];
        for (int position = 0; position < words.size(); position++) {
            System.arraycopy(words.get(position).ids, offset, ids, position * width, width);
        }
        return ids;
    }

    private WordIds look(String surface, String norm) {
        int[] ids = readers.stream()
                .flatMap(Optional::stream)
                .flatMapToInt(reader -> Arrays.stream(reader.ids(surface, norm)))
                .toArray();
        List<Lexicon.Start> starts = lexicons.stream()
                .flatMap(Optional::stream)
                .map(lexicon -> lexicon.start(norm))
                .toList();
        return new WordIds(ids, starts);
    }

    /** Returns the tokens of a text that the model reads, in their order. */
    public List<Token> kept(List<Token> tokens) {
        int all = tokens.size();
        if (all <= maxSequenceLength) {
            return tokens;
        }
        int tail =
                switch (truncation) {
                    case HEAD -> 0;
                    case TAIL -> maxSequenceLength;
                    case HEAD_TAIL -> maxSequenceLength / 2;
                };
        List<Token> kept = new ArrayList<>(tokens.subList(0, maxSequenceLength - tail));
        kept.addAll(tokens.subList(all - tail, all));
        return kept;
    }
}
