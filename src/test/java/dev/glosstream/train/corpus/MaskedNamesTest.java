package dev.glosstream.train.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskedNamesTest {
    @TempDir
    private Path folder;

    @Test
    void shouldTakeMasksForPersons() throws IOException {
        List<CorpusExample> examples =
                read("I miss [NAME] so much\t1\tx\n[NAME] [NAME] won. Thanks, [NAME]'s mum!\t3\ty\n");

        assertThat(examples)
                .extracting(MaskedNamesTest::spans)
                .containsExactly(List.of("PER [NAME]"), List.of("PER [NAME] [NAME]", "PER [NAME]"));
    }

    @Test
    void shouldLeaveOutTextsWithoutMasksAndThoseThatMayNameOthers() throws IOException {
        List<CorpusExample> examples = read(
                """
                no mask at all\t1\ta
                [NAME] moved to Rome\t1\tb
                [NAME] is a [RELIGION]\t1\tc
                She said. Then [NAME] left… I'm sad: I\u2019ll go, "Really?"\t1\td
                (Maybe) ask [NAME]\t1\te
                HELLO [NAME] HELLO\t1\tf
                """);

        assertThat(examples)
                .extracting(CorpusExample::text)
                .containsExactly(
                        "She said. Then [NAME] left… I'm sad: I\u2019ll go, \"Really?\"", "(Maybe) ask [NAME]");
    }

    @Test
    void shouldPutNamesInThePlaceOfMasks() throws IOException {
        Map<String, NameList> names = Map.of(
                "PER", NameList.read(List.of(file("given.txt", "Ana\nBo\n"), file("full.txt", "Cem Dal\nEva Fox\n"))));
        CorpusExample masked =
                read("dear [NAME], [NAME] [NAME] waves\t1\tx\n").get(0).withWeight(2);
        CorpusExample plain = CorpusExample.ofEntities("in Rome", List.of(new Entity("LOC", 3, 7, 1)));

        Set<String> singles = new HashSet<>();
        MaskedNames masks = new MaskedNames(names, new Random(5));
        for (int draw = 0; draw < 100; draw++) {
            List<CorpusExample> filled = masks.fill(List.of(masked, plain));
            List<String> spans = spans(filled.get(0));
            assertThat(filled.get(0).text()).doesNotContain("[").endsWith(" waves");
            assertThat(filled.get(0).weight()).isEqualTo(2);
            assertThat(spans).hasSize(2);
            assertThat(spans.get(1).toLowerCase(Locale.ROOT)).isIn("per cem dal", "per eva fox");
            assertThat(filled.get(1)).isEqualTo(plain);
            singles.add(spans.get(0));
        }
        // Names of one word and of two, as written and in lower case
        assertThat(singles).contains("PER Ana", "PER Bo", "PER Cem Dal", "PER bo");
    }

    @Test
    void shouldAskForNames() throws IOException {
        List<CorpusExample> masked = read("dear [NAME]\t1\tx\n");

        assertThatThrownBy(() -> new MaskedNames(Map.of(), new Random(1)).fill(masked))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("expected names of PER to put in, got none");
    }

    @Test
    void shouldDrawFromEachFileAlike() throws IOException {
        NameList names = NameList.read(List.of(file("short.txt", "Ana\n"), file("long.txt", "Bo\nCem\nDal\nEva\n")));
        Random random = new Random(3);

        long ana = IntStream.range(0, 1000)
                .filter(draw -> names.pick(1, random).equals("Ana"))
                .count();

        assertThat(ana).isBetween(420L, 580L);
    }

    private List<CorpusExample> read(String rows) throws IOException {
        return new CorpusReader(false)
                .read(CorpusFile.resolve(
                                "masked-names:" + file("a.tsv", rows),
                                Path.of(""),
                                Task.ENTITIES,
                                CorpusFile.Part.TRAINING)
                        .get(0));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static List<String> spans(CorpusExample example) {
        return example.entities().stream()
                .map(entity -> entity.type() + " " + entity.textOf(example.text()))
                .toList();
    }
}
