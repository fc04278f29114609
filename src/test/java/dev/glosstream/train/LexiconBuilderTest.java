package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexiconBuilderTest {
    @TempDir
    private Path folder;

    @Test
    void shouldWritePhrasesAsTextsAreTokenizedWithTheClassesOfAllFiles() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "New York\nParis\nThe One With Far Too Many Words\n");
        Files.writeString(folder.resolve("b.csv"), "PARIS,1\nO'Neill,2\n");

        Map<String, Set<String>> phrases = LexiconBuilder.build(
                List.of(LexiconSource.parse("city=a.txt"), LexiconSource.parse("given=csv1:b.csv")), folder);

        assertThat(phrases).containsEntry("new york", Set.of("city")).containsEntry("paris", Set.of("city", "given"));
        assertThat(phrases).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"words.txt", "=words.txt", "a,b=words.txt", "a=other:words.txt", "a="})
    void shouldRefuseASourceThatIsWrittenOtherwise(String source) {
        assertThatThrownBy(() -> LexiconSource.parse(source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lexicon: expected NAME=PATH or NAME=FORMAT:PATH")
                .hasMessageContaining("FORMAT one of list, csv1, csv2, csv3, vader, opinion, brown, got '" + source);
    }
}
