package dev.glosstream.train.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordVectorsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                // GloVe; word2vec, which ends lines with a space; fastText; lines of another system
                "good 1 -0.5\nbad 2e-1 .25\n",
                "2 2\ngood 1 -0.5 \nbad 2e-1 .25 \n",
                "2 2\ngood 1.0 -0.5\nbad 0.2 0.25",
                "good 1 -0.5\r\nbad 2e-1 .25\r\n\r\n",
            })
    void shouldReadTheFormatsOfGloveWord2vecAndFastTextPlainAndInGzip(String content) throws IOException {
        Path plain = write("vectors.txt", content);
        Path gzip = folder.resolve("vectors.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }

        for (Path file : new Path[] {plain, gzip}) {
            Map<String, float[]> vectors = WordVectors.read(file, 2);

            assertThat(vectors.keySet()).containsExactly("good", "bad");
            assertThat(vectors.get("good")).containsExactly(1f, -0.5f);
            assertThat(vectors.get("bad")).containsExactly(0.2f, 0.25f);
        }
    }

    @Test
    void shouldTakeAWordThatLooksLikeAHeader() throws IOException {
        Map<String, float[]> vectors = WordVectors.read(write("v.txt", "7 1 2\n1 3 4\n"), 2);

        assertThat(vectors).containsOnlyKeys("7", "1");
    }

    @Test
    void shouldKeepTheFirstOfARepeatedWordAndPassOverWordsWithSpaces() throws IOException {
        Map<String, float[]> vectors = WordVectors.read(write("v.txt", "a 1 2\n. . 5 6\na 3 4\n"), 2);

        assertThat(vectors).containsOnlyKeys("a");
        assertThat(vectors.get("a")).containsExactly(1f, 2f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 3\\na 1 2 3|expected dimension 2, as the column has, got the first line '2 3'",
                "a 1 2\\nb 1 2 3|line 2: expected a word and as many values as the column's dimension",
                "a 1 2\\nb 1|line 2: expected a word and as many values as the column's dimension",
                "a 1 2\\nb|line 2: expected a word and as many values as the column's dimension",
                "a 1 x|line 1: expected 2 numbers after the word",
                "a 1 2\\nb NaN 2|line 2: expected finite numbers",
                "a 1 2\\nb 1 Infinity|line 2: expected finite numbers",
                "2 2\\n|expected words with 2 values, got none",
            })
    void shouldNameFileAndLineOfWhatIsWrong(String content, String message) throws IOException {
        Path file = write("v.txt", content.replace("\\n", "\n"));

        assertThatThrownBy(() -> WordVectors.read(file, 2))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("vectors '" + file + "'")
                .hasMessageContaining(message);
    }

    @Test
    void shouldNameAFileThatIsNotThereOrNotInGzip() throws IOException {
        Path missing = folder.resolve("missing.txt");
        assertThatThrownBy(() -> WordVectors.read(missing, 2))
                .isInstanceOf(CorpusException.class)
                .hasMessage("file '" + missing
                        + "': expected one that can be read, .gz in gzip and .zip a zip, found none");

        Path plain = write("plain.gz", "a 1 2\n");
        assertThatThrownBy(() -> WordVectors.read(plain, 2))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("file '" + plain + "'")
                .hasMessageContaining("Not in GZIP format");
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
