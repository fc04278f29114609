package dev.glosstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LexiconTest {
    /** Ids: city 2 (first word of a phrase 3, others 4), club 5, 6, 7, person 8, 9, 10. */
    private static final Map<String, List<String>> PHRASES = Map.of(
            "paris", List.of("city", "person"),
            "new york", List.of("city"),
            "york", List.of("city"),
            "york city", List.of("club"),
            "paris saint germain", List.of("club"),
            "new", List.of("person"));

    @TempDir
    private Path folder;

    @Test
    void shouldKnowTheClassesInAlphabeticalOrder() {
        Lexicon lexicon = Lexicon.of(PHRASES);

        assertThat(lexicon.classes()).containsExactly("city", "club", "person");
        assertThat(lexicon.size()).isEqualTo(11);
        assertThat(lexicon.id("club")).isEqualTo(5);
        assertThat(lexicon.id("unheard of")).isEqualTo(IdSpace.UNKNOWN_ID);
    }

    @Test
    void shouldGiveAWordItsClasses() {
        assertThat(match("in", "paris")).containsExactly(List.of(), List.of(2, 8));
    }

    @Test
    void shouldTellTheFirstWordOfAPhraseFromTheOthers() {
        assertThat(match("paris", "saint", "germain")).containsExactly(List.of(6, 2, 8), List.of(7), List.of(7));
    }

    @Test
    void shouldKeepTheIdsOfWordsAlone() {
        // Phrases of several words go, and what is left moves up: padding comes last
        assertThat(Lexicon.ofWordsAlone(new int[] {6, 2, 8, 7, 0, 0, 5, 4, 1}, 3))
                .containsExactly(2, 8, 0, 0, 0, 0, 5, 0, 0);
    }

    @Test
    void shouldMatchOverlappingPhrases() {
        // "new york" is a city, "york city" a club, and "new" and "york" stand in the list as well
        assertThat(match("new", "york", "city")).containsExactly(List.of(3, 8), List.of(4, 6, 2), List.of(7));
    }

    @Test
    void shouldTakeTheLongestPhraseThatFits() {
        Lexicon lexicon =
                Lexicon.of(Map.of("a b", List.of("two"), "a b c", List.of("three"), "a b c d", List.of("four")));

        // Ids in alphabetical order: four 2 to 4, three 5 to 7, two 8 to 10
        assertThat(match(lexicon, List.of("a", "b", "c"))).containsExactly(List.of(6), List.of(7), List.of(7));
        assertThat(match(lexicon, List.of("a", "b"))).containsExactly(List.of(9), List.of(10));
        assertThat(match(lexicon, List.of("a", "b", "c", "d")))
                .containsExactly(List.of(3), List.of(4), List.of(4), List.of(4));
        assertThat(match(lexicon, List.of("a"))).containsExactly(List.of());
    }

    @Test
    void shouldReadWhatItWrote() throws IOException {
        Path file = folder.resolve("lexicon.tsv.gz");
        Lexicon.write(PHRASES, file);

        Lexicon read = Lexicon.read(file);

        assertThat(read.classes()).isEqualTo(Lexicon.of(PHRASES).classes());
        assertThat(match(read, List.of("new", "york", "city"))).isEqualTo(match("new", "york", "city"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no tab\n", "\tcity\n", "paris\t\n", "paris\tcity,\n", "paris\tcity\nparis\tclub\n"})
    void shouldRefuseABrokenFile(String content) throws IOException {
        Path file = folder.resolve("lexicon.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> Lexicon.read(file))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("lexicon '" + file + "': expected 'phrase TAB classes'");
    }

    private static List<List<Integer>> match(String... words) {
        return match(Lexicon.of(PHRASES), List.of(words));
    }

    @Test
    void shouldLeaveOutWhatHasNoRoom() {
        assertThat(ids(Lexicon.of(PHRASES), List.of("paris", "saint", "germain"), 2))
                .containsExactly(6, 2, 7, 0, 7, 0);
    }

    private static int[] ids(Lexicon lexicon, List<String> words, int width) {
        return lexicon.match(words.stream().map(lexicon::start).toArray(Lexicon.Start[]::new), width);
    }

    private static List<List<Integer>> match(Lexicon lexicon, List<String> words) {
        int width = 5;
        int[] ids = ids(lexicon, words, width);
        List<List<Integer>> lists = new ArrayList<>();
        for (int word = 0; word < words.size(); word++) {
            lists.add(Arrays.stream(ids, word * width, (word + 1) * width)
                    .filter(id -> id != IdSpace.PAD_ID)
                    .boxed()
                    .toList());
        }
        return lists;
    }
}
