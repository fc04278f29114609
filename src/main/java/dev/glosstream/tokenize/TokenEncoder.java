package dev.glosstream.tokenize;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.BundleException;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Looks tokens up in the columns of one model. Any number of threads may share one; it remembers frequent words.
 *
 * @see TokenEncoders for several models
 */
public final class TokenEncoder {
    private final ModelColumns columns;
    private final TokenEncoders encoders;

    /**
     * Creates an encoder.
     *
     * @param architecture what to look up, and how much of a text
     * @param ids where, one per column
     */
    public TokenEncoder(Architecture architecture, List<? extends IdSpace> ids) {
        this.columns = new ModelColumns(architecture, ids);
        this.encoders = new TokenEncoders(List.of(columns));
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
        return encoders.encode(text).get(0);
    }

    /** Returns the tokens of a text that the model reads, in their order. */
    public List<Token> kept(List<Token> tokens) {
        return IntStream.range(0, columns.kept(tokens.size()))
                .mapToObj(position -> tokens.get(columns.tokenAt(position, tokens.size())))
                .toList();
    }
}
