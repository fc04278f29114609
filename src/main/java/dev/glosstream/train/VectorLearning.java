package dev.glosstream.train;

import dev.glosstream.embedding.SkipGram;
import dev.glosstream.embedding.WordVectors;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.TokenFeatures;
import dev.glosstream.tokenize.Tokenizer;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;

/**
 * Learns vectors of the words of corpora, labelled or not, for the {@code word} column of a recipe to start from.
 *
 * <p>Words are those that a network looks up: cut by the tokenizer that serves, normalised as vocabularies are.
 */
public final class VectorLearning {
    /** Of what a network's tables start with where nothing else is said. */
    private static final double DEVIATION = ColumnRecipe.Table.DEFAULT.scale();

    private final EntryColumn words;
    private final SkipGram.Settings settings;
    private final Tokenizer tokenizer = new Tokenizer();

    /** Creates the learning. */
    public VectorLearning(SkipGram.Settings settings) {
        this.settings = settings;
        this.words = new EntryColumn(EntryColumn.Feature.WORD, 0, settings.dimension(), "words");
    }

    /**
     * Learns a vector for each word that is frequent enough; their values have the deviation that tables start with.
     *
     * @param minCount occurrences that a word needs, at least 1
     * @param maxVocabulary most words, the most frequent ones; at least 1
     * @param onEpoch told the mean loss of each epoch
     * @throws CorpusException if no word is frequent enough
     */
    public WordVectors learn(Corpus texts, int minCount, int maxVocabulary, DoubleConsumer onEpoch) {
        ColumnRecipe.Entries entries =
                new ColumnRecipe.Entries(ColumnRecipe.Entries.Source.TEXTS, minCount, maxVocabulary);
        Iterable<TokenizedText> tokenized = () -> texts.examples().stream()
                .map(CorpusExample::text)
                .map(tokenizer::tokenize)
                .iterator();
        Vocabulary vocabulary = VocabularyBuilder.build(List.<TokenColumn>of(words), tokenized, entries, Set.of());
        int first = IdSpace.UNKNOWN_ID + 1;
        if (vocabulary.size() <= first) {
            throw new CorpusException("texts: expected a word that occurs at least " + minCount + " times, got none in "
                    + texts.examples().size() + " texts");
        }
        List<String> known = IntStream.range(first, vocabulary.size())
                .mapToObj(vocabulary::entry)
                .toList();
        List<int[]> rows = texts.examples().stream()
                .map(example -> rows(example.text(), vocabulary))
                .toList();
        return scaled(SkipGram.learn(known, rows, settings, onEpoch));
    }

    private int[] rows(String text, Vocabulary vocabulary) {
        TokenizedText tokens = tokenizer.tokenize(text);
        return tokens.tokens().stream()
                .mapToInt(token -> vocabulary.id(TokenFeatures.entry(words, tokens, token)) - IdSpace.UNKNOWN_ID - 1)
                .toArray();
    }

    private static WordVectors scaled(WordVectors vectors) {
        double squares = 0;
        for (int row = 0; row < vectors.size(); row++) {
            for (int index = 0; index < vectors.dimension(); index++) {
                squares += (double) vectors.at(row, index) * vectors.at(row, index);
            }
        }
        double deviation = Math.sqrt(squares / ((double) vectors.size() * vectors.dimension()));
        return vectors.times((float) (DEVIATION / deviation));
    }
}
