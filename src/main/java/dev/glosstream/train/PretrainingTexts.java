package dev.glosstream.train;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.Lexicon;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.tokenize.Tokenizer;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Plain texts as an encoder is pretrained on them: cut into pieces that fit, those to learn from in a file, those to be
 * measured on on the heap. One thread; whoever makes it closes it.
 */
final class PretrainingTexts implements Closeable {
    private static final int[] NO_TAGS = {};
    /** Texts longer than this are read so far and no further. */
    private static final int MOST_TOKENS = 4096;

    private final EncodedExamples pieces;
    private final List<TokenIds> heldOut = new ArrayList<>();
    private final int column;
    private final boolean backward;
    private final long[] counts;

    private PretrainingTexts(EncodedExamples pieces, int column, boolean backward, int words) {
        this.pieces = pieces;
        this.column = column;
        this.backward = backward;
        this.counts = new long[words];
    }

    /**
     * Encodes texts.
     *
     * @param file to hold the pieces; replaced if it exists
     * @param column the column of the words that are foretold
     * @param ids of each column
     * @throws CorpusException if nothing is left to learn from or to be measured on
     */
    static PretrainingTexts encode(Corpus texts, TrainingRecipe recipe, int column, List<IdSpace> ids, Path file)
            throws IOException {
        Architecture architecture = recipe.architecture();
        PretrainingTexts encoded = new PretrainingTexts(
                EncodedExamples.in(file),
                column,
                architecture.lstm().outputSize() > architecture.lstm().stateSize(),
                ids.get(column).size());
        Tokenizer tokenizer = new Tokenizer();
        TokenEncoder encoder = new TokenEncoder(architecture.reading(MOST_TOKENS), ids);
        int every = (int) Math.round(1 / recipe.pretraining().heldOut());
        int number = 0;
        for (CorpusExample text : texts.examples()) {
            TokenizedText tokens = tokenizer.tokenize(text.text());
            if (tokens.tokens().isEmpty()) {
                continue;
            }
            number++;
            encoded.add(
                    wordsAlone(encoder.encode(tokens), ids),
                    recipe.training().maxSequenceLength(),
                    number % every == 0);
        }
        if (encoded.pieces.isEmpty() || encoded.heldOut.isEmpty()) {
            encoded.close();
            throw new CorpusException("pretraining.texts: expected known words in at least " + 2 * every
                    + " texts, got " + number + " texts that are not among the dev data; give more, or raise heldOut");
        }
        return encoded;
    }

    /** Ids of a lexicon's phrases would tell the word that is foretold: they are given because of it. */
    private static TokenIds wordsAlone(TokenIds text, List<IdSpace> ids) {
        int[][] columns = new int[text.columnCount()][];
        for (int each = 0; each < columns.length; each++) {
            columns[each] = ids.get(each) instanceof Lexicon
                    ? Lexicon.ofWordsAlone(text.ids(each), text.idsPerToken(each))
                    : text.ids(each);
        }
        return TokenIds.owning(text.sequenceLength(), columns);
    }

    private void add(TokenIds text, int longest, boolean held) {
        for (int start = 0; start < text.sequenceLength(); start += longest) {
            TokenIds piece = piece(text, start, Math.min(text.sequenceLength(), start + longest));
            if (ForetoldWords.of(List.of(piece), column, backward).size() == 0) {
                continue;
            }
            if (held) {
                heldOut.add(piece);
            } else {
                pieces.add(EncodedExample.ofTags(piece, NO_TAGS, 1));
                for (int position = 0; position < piece.sequenceLength(); position++) {
                    counts[piece.idAt(column, position)]++;
                }
            }
        }
    }

    private static TokenIds piece(TokenIds text, int from, int to) {
        int[][] columns = new int[text.columnCount()][];
        for (int each = 0; each < columns.length; each++) {
            int width = text.idsPerToken(each);
            columns[each] = Arrays.copyOfRange(text.ids(each), from * width, to * width);
        }
        return TokenIds.owning(to - from, columns);
    }

    /** Returns the pieces to learn from. */
    EncodedExamples pieces() {
        return pieces;
    }

    /** Returns the pieces to be measured on. */
    List<TokenIds> heldOut() {
        return heldOut;
    }

    /** Returns how often each word occurs in the pieces to learn from; not copied. */
    long[] counts() {
        return counts;
    }

    /** Returns the tokens to learn from. */
    long tokens() {
        return Arrays.stream(counts).sum();
    }

    @Override
    public void close() throws IOException {
        pieces.close();
    }
}
