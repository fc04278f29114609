package dev.glosstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.tokenize.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTextsTest {
    private static final List<String> BASE =
            List.of("Paris was lovely in May!", "They did n't like it, Anna said.", "No.", "What a day :) really");

    @TempDir
    private Path folder;

    @Test
    void shouldMixTextsOfTheLengthsThatItPromises() {
        Tokenizer tokenizer = new Tokenizer();

        List<Integer> lengths = BenchTexts.mixed(BASE, 5000).texts().stream()
                .map(text -> tokenizer.tokenize(text).tokens().size())
                .sorted()
                .toList();

        assertThat((double) lengths.get(2500)).isCloseTo(20, within(2.0));
        assertThat((double) lengths.get(4750)).isCloseTo(200, within(25.0));
        assertThat(lengths.get(0)).isPositive();
    }

    @Test
    void shouldMixTheSameTextsAgain() {
        assertThat(BenchTexts.mixed(BASE, 50)).isEqualTo(BenchTexts.mixed(BASE, 50));
    }

    @Test
    void shouldTakeEachTextOnceBeforeAnyTwice() {
        BenchTexts texts = new BenchTexts("three", List.of("a", "b", "c"));

        List<String> taken = texts.shuffled(7);

        assertThat(taken).hasSize(7);
        assertThat(new HashSet<>(taken.subList(0, 3))).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(new HashSet<>(taken.subList(3, 6))).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void shouldReadOneTextPerLine() throws IOException {
        Path file = Files.writeString(folder.resolve("texts.txt"), "one\n\n  \ntwo words\n");

        assertThat(BenchTexts.ofFile(file)).isEqualTo(new BenchTexts("texts.txt", List.of("one", "two words")));
    }

    @Test
    void shouldRefuseAFileWithoutTexts() throws IOException {
        Path file = Files.writeString(folder.resolve("texts.txt"), "\n");

        assertThatThrownBy(() -> BenchTexts.ofFile(file)).hasMessageContaining("texts: expected at least one");
    }
}
