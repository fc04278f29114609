package dev.glosstream.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.model.CharacterColumn;
import dev.glosstream.model.NgramColumn;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubwordFeaturesTest {

    @Test
    void shouldCutTheNgramsOfWhereAsPublished() {
        // Bojanowski et al. 2017, section 3.2; the word itself, which they add, is the word column's
        assertThat(ngrams(3, 3, 24, "where")).containsExactly("<wh", "whe", "her", "ere", "re>");
    }

    @Test
    void shouldTakeShorterNgramsFirstAndAtMostAsManyAsTheColumnKeeps() {
        assertThat(ngrams(3, 4, 7, "where")).containsExactly("<wh", "whe", "her", "ere", "re>", "<whe", "wher");
    }

    @Test
    void shouldCountBoundariesAndWholeCharacters() {
        assertThat(ngrams(3, 5, 24, "a")).containsExactly("<a>");
        assertThat(ngrams(4, 5, 24, "a")).isEmpty();
        assertThat(ngrams(3, 3, 24, "😀😡")).containsExactly("<😀😡", "😀😡>");
    }

    @Test
    void shouldReadTheCharactersAsWrittenAndBothEndsOfLongTokens() {
        assertThat(characters(5, "Paris")).containsExactly("P", "a", "r", "i", "s");
        assertThat(characters(5, "Abcdefgh")).containsExactly("A", "b", "c", "g", "h");
        assertThat(characters(4, "Abcdefgh")).containsExactly("A", "b", "g", "h");
        assertThat(characters(2, "a😀b😡")).containsExactly("a", "😡");
    }

    private static List<String> ngrams(int shortest, int longest, int most, String norm) {
        return SubwordFeatures.ngrams(new NgramColumn(shortest, longest, most, 100, 4), norm);
    }

    private static List<String> characters(int length, String surface) {
        return SubwordFeatures.characters(
                new CharacterColumn(CharacterColumn.Reader.CNN, length, 4, 4, "letters.txt"), surface);
    }
}
