package dev.glosstream.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Word2VecTextTest {
    private static final int RANDOM_ROWS = 300;

    @TempDir
    private Path folder;

    @Test
    void shouldWriteAHeaderAndALinePerEntry() throws IOException {
        Path file = folder.resolve("words.vec");

        Word2VecText.write(
                new WordVectors(List.of("héllo", "😀", "<unknown>"), new float[][] {{0.5f, -1}, {1e-7f, 3}, {0, 0.1f}}),
                file);

        assertThat(Files.readString(file)).isEqualTo("3 2\nhéllo 0.5 -1.0\n😀 1.0E-7 3.0\n<unknown> 0.0 0.1\n");
        assertThat(folder.toFile().list()).containsExactly("words.vec");
    }

    @ParameterizedTest
    @ValueSource(strings = {"words.vec", "words.vec.gz"})
    void shouldReadBackWhatItWroteToTheLastBit(String name) throws IOException {
        Path file = folder.resolve(name);
        WordVectors written = random();

        Word2VecText.write(written, file);
        WordVectors read = Word2VecText.read(file);

        assertThat(read.entries()).isEqualTo(written.entries());
        for (int row = 0; row < RANDOM_ROWS; row++) {
            for (int index = 0; index < written.dimension(); index++) {
                assertThat(read.at(row, index)).isEqualTo(written.at(row, index));
            }
        }
    }

    @Test
    void shouldCompressByTheNameOfTheFile() throws IOException {
        Path file = folder.resolve("words.vec.gz");
        Word2VecText.write(random(), file);

        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(new String(in.readNBytes(6), StandardCharsets.UTF_8)).isEqualTo("300 7\n");
        }
    }

    @Test
    void shouldBeReadableAsPretrainedVectorsOfTheNextTraining() throws IOException {
        Path file = folder.resolve("words.vec.gz");
        WordVectors written = random();
        Word2VecText.write(written, file);

        Map<String, float[]> read = dev.glosstream.train.corpus.WordVectors.read(file, written.dimension());

        assertThat(read.keySet()).containsExactlyElementsOf(written.entries());
        assertThat(read.get("word17")).contains(written.at(17, 0), written.at(17, 6));
    }

    @Test
    void shouldPutAnUnderscoreForWhiteSpaceWithinAnEntry() throws IOException {
        Path file = folder.resolve("words.vec");

        Word2VecText.write(new WordVectors(List.of("new york", "a\u00A0b\tc"), new float[][] {{1}, {2}}), file);

        assertThat(Word2VecText.read(file).entries()).containsExactly("new_york", "a_b_c");
    }

    @Test
    void shouldRefuseEntriesThatBecomeOneAndKeepTheOldFile() throws IOException {
        Path file = folder.resolve("words.vec");
        Files.writeString(file, "old");

        assertThatThrownBy(() -> Word2VecText.write(
                        new WordVectors(List.of("new york", "new_york"), new float[][] {{1}, {2}}), file))
                .hasMessageContaining("'new_york' twice");
        assertThat(Files.readString(file)).isEqualTo("old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2 2\na 1 2\n", "1 2\na 1\n", "words\na 1\n", "1 2\na 1 2\nb 1 2\n"})
    void shouldSayWhichLineIsNotInTheFormat(String content) throws IOException {
        Path file = folder.resolve("words.vec");
        Files.writeString(file, content);

        assertThatThrownBy(() -> Word2VecText.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("' line ");
    }

    private static WordVectors random() {
        Random random = new Random(3);
        float[][] rows = new float[RANDOM_ROWS][7];
        for (float[] row : rows) {
            for (int index = 0; index < row.length; index++) {
                row[index] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10));
            }
        }
        return new WordVectors(
                IntStream.range(0, RANDOM_ROWS).mapToObj(row -> "word" + row).toList(), rows);
    }
}
