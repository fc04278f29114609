package dev.glosstream.tokenize;

import dev.glosstream.model.Lexicon;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.ModelColumns.Word;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks tokens up for several models at once: each word once for all of them, because a look into memory costs more than
 * what is done with it. Any number of threads may share one; it remembers frequent words.
 */
public final class TokenEncoders {
    private final List<ModelColumns> models;
    private final SpanMemo<Word> words = new SpanMemo<>(this::look);
    private final int idsPerWord;
    private final int startsPerWord;

    TokenEncoders(List<ModelColumns> models) {
        this.models = models;
        this.idsPerWord = models.stream().mapToInt(ModelColumns::idsPerWord).sum();
        this.startsPerWord =
                models.stream().mapToInt(ModelColumns::startsPerWord).sum();
    }

    /**
     * Creates the encoders of some bundles.
     *
     * @throws dev.glosstream.model.BundleException if one was trained with another tokenizer
     */
    public static TokenEncoders of(List<ModelBundle> bundles) {
        bundles.forEach(TokenEncoder::requireTokenizer);
        return new TokenEncoders(bundles.stream()
                .map(bundle -> new ModelColumns(bundle.manifest().architecture(), bundle.ids()))
                .toList());
    }

    /**
     * Returns the ids of the tokens that each model reads of a text, in the order of the models.
     *
     * @throws IllegalArgumentException if the text has no token
     */
    public List<TokenIds> encode(TokenizedText text) {
        Word[] known = new Word[text.tokens().size()];
        List<TokenIds> encoded = new ArrayList<>(models.size());
        int firstId = 0;
        int firstStart = 0;
        for (ModelColumns model : models) {
            complete(known, text, model);
            encoded.add(model.ids(known, firstId, firstStart));
            firstId += model.idsPerWord();
            firstStart += model.startsPerWord();
        }
        return encoded;
    }

    /** Looks up what a model reads, unless another has read it: of a long text each may read another part. */
    private void complete(Word[] known, TokenizedText text, ModelColumns model) {
        for (int position = 0; position < model.kept(known.length); position++) {
            int index = model.tokenAt(position, known.length);
            if (known[index] == null) {
                Token token = text.tokens().get(index);
                known[index] = words.get(text.text(), token.charStart(), token.charEnd(), token.norm());
            }
        }
    }

    private Word look(String surface, String norm) {
        int[] ids = new int[idsPerWord];
        Lexicon.Start[] starts = new Lexicon.Start[startsPerWord];
        int firstId = 0;
        int firstStart = 0;
        for (ModelColumns model : models) {
            model.read(surface, norm, ids, firstId);
            model.start(norm, starts, firstStart);
            firstId += model.idsPerWord();
            firstStart += model.startsPerWord();
        }
        return new Word(surface, norm, ids, starts);
    }
}
