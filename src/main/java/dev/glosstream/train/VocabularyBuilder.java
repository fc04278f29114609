package dev.glosstream.train;

import dev.glosstream.model.TokenColumn;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.TokenFeatures;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the vocabulary of a token column: the most frequent entries of the training texts. */
final class VocabularyBuilder {
    private VocabularyBuilder() {}

    /**
     * Builds a vocabulary, most frequent entry first, ties in alphabetical order.
     *
     * @param minCount least occurrences of an entry
     * @param maxEntries most entries, the reserved ones not counted
     */
    static Vocabulary build(TokenColumn column, List<TokenizedText> texts, int minCount, int maxEntries) {
        Map<String, Integer> counts = new HashMap<>();
        for (TokenizedText text : texts) {
            for (Token token : text.tokens()) {
                counts.merge(TokenFeatures.entry(column, text, token), 1, Integer::sum);
            }
        }
        List<String> known = counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= minCount)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(maxEntries)
                .map(Map.Entry::getKey)
                .toList();
        return Vocabulary.of(known);
    }
}
