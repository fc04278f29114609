package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code train} answers to a recipe that cannot be followed. */
class TrainMistakesTest {
    private static final String RECIPE =
            """
            task: sentiment
            name: tiny
            version: 1.0.0
            license: Apache-2.0
            labels: [negative, neutral, positive]
            corpora: [reviews.tsv]
            dev: [reviews-dev.tsv]
            network:
              columns:
                - {feature: word, dimension: 3}
                - {dimension: 2, %s}
              stateSize: 4
            training: {epochs: 1, patience: 1, batchSize: 2, learningRate: 0.01}
            """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeCorpora() throws IOException {
        Files.writeString(folder.resolve("reviews.tsv"), "positive\tgood\nnegative\tbad\nneutral\tso so\n");
        Files.writeString(folder.resolve("reviews-dev.tsv"), "positive\tfine\nnegative\tsad\n");
    }

    @Test
    void shouldNameALexiconThatIsNotThere() throws IOException {
        assertThat(train("feature: lexicon, lexicon: [mood=words.txt]")).isEqualTo(ExitCode.USAGE);

        assertThat(lastLine()).startsWith("glosstream: file '" + folder.resolve("words.txt") + "': expected");
    }

    @Test
    void shouldNameVectorsThatAreNotThere() throws IOException {
        assertThat(train("feature: word, table: v, vocabulary: vectors, vectors: v.txt"))
                .isEqualTo(ExitCode.USAGE);

        assertThat(lastLine()).startsWith("glosstream: file '" + folder.resolve("v.txt") + "': expected");
    }

    @Test
    void shouldNameTheLineOfALexiconThatIsWrittenOtherwise() throws IOException {
        assertThat(train("feature: lexicon, lexicon: ['mood=xml:words.txt']")).isEqualTo(ExitCode.USAGE);

        assertThat(lastLine())
                .startsWith("glosstream: " + folder.resolve("recipe.yaml") + ":11: network.columns[1].lexicon[0]:"
                        + " expected NAME=PATH or NAME=FORMAT:PATH");
    }

    private int train(String column) throws IOException {
        Path recipe = Files.writeString(folder.resolve("recipe.yaml"), RECIPE.formatted(column));
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new ByteArrayOutputStream(),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                false);
        String out = folder.resolve("out").toString();
        return Main.run(
                surroundings,
                "train",
                "sentiment",
                "--recipe",
                recipe.toString(),
                "--data",
                folder.toString(),
                "--out",
                out);
    }

    private String lastLine() {
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\tat ");
        return err.toString(StandardCharsets.UTF_8).lines().reduce("", (first, last) -> last);
    }
}
