package dev.glosstream.tokenize;

import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenizedText;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens: words with clitics apart ({@code do n't}, {@code Anna 's}), numbers, abbreviations, links,
 * mail addresses, mentions, emoticons, whole emoji, runs of one punctuation mark, single symbols. Chinese characters and
 * kana are one token each.
 *
 * <p>Any string is legal input, half a surrogate pair and a million combining marks included. Spans increase, never
 * overlap, never split a surrogate pair, and cover every character that is not white space, control or format. Time is
 * linear in the length of the text. Any number of threads may share one instance.
 */
public final class Tokenizer {
    /** Name of this tokenizer in manifests; changes whenever the tokens of any text would change. */
    public static final String NAME = "glosstream-1";

    private static final String WORD = "word";
    private static final String SYMBOL = "symbol";

    private final SpanMemo<Normalized> norms = new SpanMemo<>(Normalized::new);

    private static final class Normalized extends SpanMemo.Entry {
        private final String norm;

        Normalized(String span, String kind) {
            super(span, kind);
            this.norm = kind.equals(WORD)
                    ? Normalizer.word(span, 0, span.length())
                    : Normalizer.symbol(span, 0, span.length());
        }
    }

    /** Creates a tokenizer. */
    public Tokenizer() {}

    /** Returns the tokens of a text; none if there is nothing visible in it. */
    public TokenizedText tokenize(String text) {
        List<Token> tokens = new ArrayList<>(text.length() / 5 + 1);
        int position = 0;
        while (position < text.length()) {
            int codePoint = text.codePointAt(position);
            switch (CharacterClass.of(codePoint)) {
                case SEPARATOR -> position += Character.charCount(codePoint);
                case WORD -> position = word(text, position, tokens);
                case IDEOGRAPH -> position = ideograph(text, position, tokens);
                case EMOJI -> position = emoji(text, position, tokens);
                case SYMBOL -> position = symbol(text, position, codePoint, tokens);
            }
        }
        return new TokenizedText(text, tokens);
    }

    private int word(String text, int start, List<Token> tokens) {
        int end = Scanner.url(text, start);
        if (end > start) {
            return add(tokens, start, end, Normalizer.URL);
        }
        end = Scanner.email(text, start);
        if (end > start) {
            return add(tokens, start, end, Normalizer.EMAIL);
        }
        end = Scanner.abbreviation(text, start);
        if (end > start) {
            return add(tokens, start, end, norm(text, start, end, WORD));
        }
        end = Scanner.word(text, start);
        int clitic = Scanner.clitic(text, start, end);
        add(tokens, start, clitic, norm(text, start, clitic, WORD));
        return clitic == end ? end : add(tokens, clitic, end, norm(text, clitic, end, WORD));
    }

    private int ideograph(String text, int start, List<Token> tokens) {
        int end = Scanner.withMarks(text, start);
        return add(tokens, start, end, norm(text, start, end, WORD));
    }

    private static int emoji(String text, int start, List<Token> tokens) {
        int end = Scanner.emoji(text, start);
        return add(tokens, start, end, Normalizer.emoji(text, start, end));
    }

    private int symbol(String text, int start, int codePoint, List<Token> tokens) {
        int end = codePoint == '@' ? Scanner.mention(text, start) : start;
        if (end > start) {
            return add(tokens, start, end, Normalizer.USER);
        }
        end = Scanner.loneClitic(text, start);
        if (end > start) {
            return add(tokens, start, end, norm(text, start, end, WORD));
        }
        end = Scanner.emoticon(text, start);
        if (end == start) {
            end = Scanner.run(text, start);
        }
        return add(tokens, start, end, norm(text, start, end, SYMBOL));
    }

    private String norm(String text, int start, int end, String kind) {
        return norms.get(text, start, end, kind).norm;
    }

    private static int add(List<Token> tokens, int start, int end, String norm) {
        // NFKC can leave nothing of exotic input; the vocabulary then sees the replacement character.
        tokens.add(new Token(start, end, norm.isEmpty() ? "\uFFFD" : norm));
        return end;
    }
}
