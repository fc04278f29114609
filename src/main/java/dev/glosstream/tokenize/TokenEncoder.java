package dev.glosstream.tokenize;

import dev.glosstream.model.BundleException;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import java.util.List;

/**
 * Looks tokens up in the vocabularies of one model. Immutable; any number of threads may share one.
 */
public final class TokenEncoder {
    private final List<TokenColumn> columns;
    private final List<Vocabulary> vocabularies;
    private final int maxSequenceLength;

    /**
     * Creates an encoder.
     *
     * @param columns what to look up
     * @param vocabularies where, one per column
     * @param maxSequenceLength tokens kept of a text
     */
    public TokenEncoder(List<TokenColumn> columns, List<Vocabulary> vocabularies, int maxSequenceLength) {
        if (columns.size() != vocabularies.size()) {
            throw new IllegalArgumentException("token encoder: expected one vocabulary per column, got "
                    + vocabularies.size() + " for " + columns.size());
        }
        this.columns = List.copyOf(columns);
        this.vocabularies = List.copyOf(vocabularies);
        this.maxSequenceLength = maxSequenceLength;
    }

    /**
     * Creates the encoder of a bundle.
     *
     * @throws BundleException if the bundle was trained with another tokenizer
     */
    public static TokenEncoder of(ModelBundle bundle) {
        requireTokenizer(bundle);
        return new TokenEncoder(
                bundle.manifest().architecture().columns(),
                bundle.vocabularies(),
                bundle.manifest().architecture().maxSequenceLength());
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
     * Returns the ids of the first tokens of a text, as many as the model reads.
     *
     * @throws IllegalArgumentException if the text has no token
     */
    public TokenIds encode(TokenizedText text) {
        List<Token> tokens = text.tokens();
        int length = Math.min(tokens.size(), maxSequenceLength);
        int[][] ids = new int[columns.size()][length];
        for (int column = 0; column < ids.length; column++) {
            TokenColumn feature = columns.get(column);
            Vocabulary vocabulary = vocabularies.get(column);
            for (int position = 0; position < length; position++) {
                ids[column][position] = vocabulary.id(TokenFeatures.entry(feature, text, tokens.get(position)));
            }
        }
        return new TokenIds(ids);
    }
}
