package dev.glosstream.train;

import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.SubwordFeatures;
import dev.glosstream.tokenize.TokenFeatures;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes the vocabulary of token columns: the most frequent entries of the training texts, and those of a file of vectors. */
final class VocabularyBuilder {
    private VocabularyBuilder() {}

    /**
     * Builds a vocabulary, most frequent entry first, ties in alphabetical order; those of the file follow in its order.
     *
     * @param columns the columns that share it
     * @param texts gone through once
     * @param entries where entries come from
     * @param vectors words of the file of pretrained vectors; empty if there is none
     */
    static Vocabulary build(
            List<TokenColumn> columns,
            Iterable<TokenizedText> texts,
            ColumnRecipe.Entries entries,
            Set<String> vectors) {
        Map<String, Integer> counts = new HashMap<>();
        if (entries.source() != ColumnRecipe.Entries.Source.VECTORS) {
            texts.forEach(text -> columns.forEach(column -> count(column, text, counts)));
        }
        Set<String> known = new LinkedHashSet<>(counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= entries.minCount())
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(entries.maxSize())
                .map(Map.Entry::getKey)
                .toList());
        if (entries.source() != ColumnRecipe.Entries.Source.TEXTS) {
            boolean all = entries.source() == ColumnRecipe.Entries.Source.VECTORS;
            vectors.stream().filter(word -> all || counts.containsKey(word)).forEach(known::add);
        }
        known.removeIf(Vocabulary::isReserved);
        return Vocabulary.of(List.copyOf(known));
    }

    private static void count(TokenColumn column, TokenizedText text, Map<String, Integer> counts) {
        for (Token token : text.tokens()) {
            if (column instanceof EntryColumn entry) {
                counts.merge(TokenFeatures.entry(entry, text, token), 1, Integer::sum);
            } else if (column instanceof CharacterColumn characters) {
                String surface = text.text().substring(token.charStart(), token.charEnd());
                SubwordFeatures.characters(characters, surface).forEach(each -> counts.merge(each, 1, Integer::sum));
            }
        }
    }
}
