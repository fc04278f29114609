package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTableTest {

    @Test
    void shouldPutNumbersAtTheRightBelowTheirName() {
        List<String> lines = new TextTable(1, 80, List.of("word", "count", "what"))
                .row(List.of("a", "5", "x"))
                .row(List.of("bcd", "1,234.50", "7"))
                .lines();

        assertThat(lines).containsExactly("  word     count  what", "  a            5  x", "  bcd   1,234.50  7");
    }

    @Test
    void shouldGoOnBelowWithTheLeadingColumnsIfTheLineIsFull() {
        List<String> lines = new TextTable(1, 18, List.of("word", "one", "two", "three"))
                .row(List.of("a", "eins", "zwei", "drei"))
                .lines();

        assertThat(lines).containsExactly("  word  one   two", "  a     eins  zwei", "  word  three", "  a     drei");
    }

    @Test
    void shouldRefuseARowOfAnotherLength() {
        assertThatThrownBy(() -> new TextTable(1, 80, List.of("a", "b")).row(List.of("1")))
                .hasMessage("table: expected 2 cells, got 1");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "word, 4",
        "東京, 4",
        "😀, 2",
        "👩‍👩‍👧, 2",
        "e\u0301, 1",
        "שלום, 4",
        "👍🏽, 2",
        "🇳🇴, 2",
    })
    void shouldCountTheCellsOfATerminal(String text, int cells) {
        assertThat(DisplayWidth.of(text)).isEqualTo(cells);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({"abcdef, 4, abc…", "abcd, 4, abcd", "東京大学, 5, 東京…", "a\u0007b, 9, a␇b", "שלום, 9, שלום\u200E"})
    void shouldCutToCellsAndMakeSafe(String text, int cells, String expected) {
        assertThat(DisplayWidth.cut(text, cells)).isEqualTo(expected);
    }
}
