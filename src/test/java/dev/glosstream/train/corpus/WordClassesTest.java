package dev.glosstream.train.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.train.corpus.WordClasses.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordClassesTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadListsAndColumns() throws IOException {
        assertThat(read("Paris\n New York \n\n", Format.LIST))
                .isEqualTo(Map.of("Paris", Set.of("x"), "New York", Set.of("x")));
        String table = "Lyon,France,Rhone\nNice,France\n";
        assertThat(read(table, Format.CSV1)).containsOnlyKeys("Lyon", "Nice");
        assertThat(read(table, Format.CSV2)).containsOnlyKeys("France");
        assertThat(read(table, Format.CSV3)).containsOnlyKeys("Rhone");
    }

    @Test
    void shouldMakeAClassOfEachWholeValence() throws IOException {
        assertThat(read("good\t1.9\t0.9\nawful\t-2.4\n", Format.VADER))
                .isEqualTo(Map.of("good", Set.of("x2"), "awful", Set.of("x-2")));
    }

    @Test
    void shouldMakeAClassOfEachPrefixOfAClusterThatIsLongEnough() throws IOException {
        assertThat(read("0101101\tlondon\t12\n01\tthe\t99\n", Format.BROWN))
                .isEqualTo(Map.of("london", Set.of("x0101", "x010110")));
    }

    @Test
    void shouldReadTheOpinionLexicon() throws IOException {
        Path zip = folder.resolve("opinion.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String label : new String[] {"negative", "positive"}) {
                out.putNextEntry(new ZipEntry(label + "-words.txt"));
                out.write(("; comment\n" + label.charAt(0) + "-word\n").getBytes(StandardCharsets.ISO_8859_1));
            }
        }

        assertThat(WordClasses.read(zip, Format.OPINION, "x"))
                .isEqualTo(Map.of("n-word", Set.of("x-negative"), "p-word", Set.of("x-positive")));
    }

    @Test
    void shouldNameFileAndLineOfWhatIsWrong() throws IOException {
        Path file = folder.resolve("lexicon.txt");
        Files.writeString(file, "good\t1.9\nbad\tmuch\n");

        assertThatThrownBy(() -> WordClasses.read(file, Format.VADER, "x"))
                .isInstanceOf(CorpusException.class)
                .hasMessage(
                        "lexicon '" + file + "', line 2: expected a number in the second column, got something else");
        assertThatThrownBy(() -> WordClasses.read(file, Format.CSV2, "x"))
                .isInstanceOf(CorpusException.class)
                .hasMessage("lexicon '" + file + "': expected words in the format csv2, found none");
        assertThatThrownBy(() -> WordClasses.read(folder.resolve("none.txt"), Format.LIST, "x"))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("none.txt': expected one that can be read");
    }

    private Map<String, Set<String>> read(String content, Format format) throws IOException {
        return WordClasses.read(Files.writeString(folder.resolve("lexicon.txt"), content), format, "x");
    }
}
