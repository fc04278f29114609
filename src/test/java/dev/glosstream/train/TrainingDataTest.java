package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import dev.glosstream.train.corpus.CorpusReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNotTrainOnDevTextsThatDifferInLinksMentionsAndMarks() throws IOException {
        write("a.tsv", "positive\t@ana What a day! https://example.com/x\npositive\tgood\nnegative\tbad\n");
        write("b.tsv", "positive\t\"what a day\"\n");

        TrainingData data = data(List.of("a.tsv"), List.of("b.tsv"));

        assertThat(data.training().examples()).extracting(CorpusExample::text).containsExactly("good", "bad");
    }

    @Test
    void shouldLeaveOutRepetitionsAndContradictions() throws IOException {
        write(
                "a.tsv",
                "positive\tgood\npositive\tGood!\nnegative\tso so\nneutral\tso so\npositive\t:)\nnegative\t:(\n");
        write("b.tsv", "positive\tfine\n");

        TrainingData data = data(List.of("a.tsv"), List.of("b.tsv"));

        assertThat(data.training().examples()).extracting(CorpusExample::text).containsExactly("good", ":)", ":(");
    }

    @Test
    void shouldHoldOutEveryTenthExampleWithoutDevData() throws IOException {
        String rows = IntStream.range(0, 30)
                .mapToObj(row ->
                        "positive\tword" + "x".repeat(row % 2) + (char) ('a' + row % 26) + (char) ('a' + row / 26))
                .reduce("", (text, row) -> text + row + "\n");
        write("a.tsv", rows);

        TrainingData data = data(List.of("a.tsv"), List.of());

        assertThat(data.training().examples()).hasSize(27);
        assertThat(data.dev().examples())
                .hasSize(3)
                .doesNotContainAnyElementsOf(data.training().examples());
    }

    @Test
    void shouldRefuseToTrainOnNothing() throws IOException {
        write("a.tsv", "positive\tgood\n");

        assertThatThrownBy(() -> data(List.of("a.tsv"), List.of("a.tsv")))
                .isInstanceOf(CorpusException.class)
                .hasMessageContaining("expected examples to train on and others to choose by, got 0 and 1");
    }

    @Test
    void shouldTakeTheDevFilesOfAFolder() throws IOException {
        write("train.tsv", "positive\tgood\n");
        write("dev.tsv", "negative\tbad\n");
        write("festival.tsv", "neutral\tmusic\n");

        TrainingData data = data(List.of(""), List.of(""));

        assertThat(data.training().examples()).extracting(CorpusExample::text).containsExactly("music", "good");
        assertThat(data.dev().examples()).extracting(CorpusExample::text).containsExactly("bad");
    }

    private TrainingData data(List<String> training, List<String> dev) {
        TrainingRecipe recipe = RecipeFile.read(Path.of("training/sentiment-en.yaml"), List.of());
        return TrainingData.of(recipe, choices(training), choices(dev), folder, new CorpusReader(false));
    }

    private static List<CorpusChoice> choices(List<String> sources) {
        return sources.stream().map(CorpusChoice::parse).toList();
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}
