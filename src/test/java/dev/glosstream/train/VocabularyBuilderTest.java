package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.EntryColumn;
import dev.glosstream.model.TokenColumn;
import dev.glosstream.model.Vocabulary;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.Tokenizer;
import dev.glosstream.train.ColumnRecipe.Entries;
import dev.glosstream.train.ColumnRecipe.Entries.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VocabularyBuilderTest {
    private static final TokenColumn WORD = new EntryColumn(EntryColumn.Feature.WORD, 0, 4, "word.txt");
    private static final List<TokenizedText> TEXTS =
            List.of(new Tokenizer().tokenize("good good good fine"), new Tokenizer().tokenize("bad fine sun"));
    private static final Set<String> VECTORS = new LinkedHashSet<>(List.of("moon", "sun", "good", "<pad>"));

    @Test
    void shouldListTheEntriesOfTheTextsMostFrequentFirst() {
        assertThat(entries(new Entries(Source.TEXTS, 1, 100))).containsExactly("good", "fine", "bad", "sun");
    }

    @Test
    void shouldLeaveOutRareEntriesAndThoseBeyondTheMaximum() {
        assertThat(entries(new Entries(Source.TEXTS, 2, 100))).containsExactly("good", "fine");
        assertThat(entries(new Entries(Source.TEXTS, 1, 3))).containsExactly("good", "fine", "bad");
    }

    @Test
    void shouldListTheWordsOfTheVectorsAlone() {
        assertThat(entries(new Entries(Source.VECTORS, 1, 100))).containsExactly("moon", "sun", "good");
    }

    @Test
    void shouldAddRareWordsOfTheTextsThatHaveVectors() {
        assertThat(entries(new Entries(Source.BOTH, 2, 100))).containsExactly("good", "fine", "sun");
    }

    @Test
    void shouldCountTheEntriesOfAllColumnsThatShareATable() {
        TokenColumn prefix = new EntryColumn(EntryColumn.Feature.PREFIX, 1, 4, "affix.txt");
        TokenColumn suffix = new EntryColumn(EntryColumn.Feature.SUFFIX, 1, 4, "affix.txt");

        Vocabulary vocabulary =
                VocabularyBuilder.build(List.of(prefix, suffix), TEXTS, new Entries(Source.TEXTS, 3, 100), Set.of());

        // d ends good three times and bad once; g starts good three times
        assertThat(listed(vocabulary)).containsExactly("d", "g");
    }

    @Test
    void shouldListTheCharactersThatAreRead() {
        TokenColumn characters = new CharacterColumn(CharacterColumn.Reader.CNN, 2, 4, 4, "letters.txt");

        Vocabulary vocabulary =
                VocabularyBuilder.build(List.of(characters), TEXTS, new Entries(Source.TEXTS, 3, 100), Set.of());

        // The first and the last of each word: d 4, g 3
        assertThat(listed(vocabulary)).containsExactly("d", "g");
    }

    private static List<String> entries(Entries entries) {
        return listed(VocabularyBuilder.build(List.of(WORD), TEXTS, entries, VECTORS));
    }

    private static List<String> listed(Vocabulary vocabulary) {
        List<String> entries = new ArrayList<>();
        for (int id = 2; id < vocabulary.size(); id++) {
            entries.add(vocabulary.entry(id));
        }
        return entries;
    }
}
