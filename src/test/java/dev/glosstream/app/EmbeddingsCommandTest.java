package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.embedding.Word2VecText;
import dev.glosstream.embedding.WordVectors;
import dev.glosstream.explain.BundleVectors;
import dev.glosstream.infer.FloatMatrix;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.NetworkInspector;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.infer.VariedBundles;
import dev.glosstream.model.Architecture.Representation;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Task;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingsCommandTest {
    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeBundle() {
        TinyBundles.write(folder.resolve("tiny"), Task.SENTIMENT);
    }

    @Test
    void shouldListTheNearestEntries() {
        assertThat(embeddings("neighbours", "PARIS", "--count", "3")).isZero();

        WordVectors vectors = words();
        String nearest = vectors.nearest(vectors.indexOf("paris").orElseThrow(), 1)
                .get(0)
                .entry();
        assertThat(lines(out)).hasSize(4);
        assertThat(lines(out).get(1)).matches(" +-?[01]\\.[0-9]{3}  " + Pattern.quote(nearest));
    }

    @Test
    void shouldSayWhichEntriesAreSpeltAlike() {
        assertThat(embeddings("neighbours", "goad")).isEqualTo(ExitCode.USAGE);
        assertThat(embeddings("neighbours", "rhododendron")).isEqualTo(ExitCode.USAGE);
        assertThat(embeddings("neighbours", "good", "--column", "colour")).isEqualTo(ExitCode.USAGE);

        assertThat(lines(err))
                .containsExactly(
                        "glosstream: WORD 'goad': expected one of the 15 entries of column 'word' of"
                                + " tiny-sentiment@0.0.1, got none; near it: good, bad",
                        "glosstream: WORD 'rhododendron': expected one of the 15 entries of column 'word' of"
                                + " tiny-sentiment@0.0.1, got none; it did not occur often enough in training",
                        "glosstream: --column: expected one of word, shape, got 'colour'");
    }

    @Test
    void shouldExportWhatTheModelLooksUp() throws IOException {
        Path file = folder.resolve("words.vec.gz");

        assertThat(embeddings("export", "--out", file.toString())).isZero();

        WordVectors read = Word2VecText.read(file);
        assertThat(read.size()).isEqualTo(16);
        assertThat(read.entries()).startsWith("<unknown>", "the", "a", "good");
        try (LoadedModel model = LoadedModel.load(ModelBundle.open(folder.resolve("tiny")))) {
            FloatMatrix table = NetworkInspector.of(model).orElseThrow().table(0);
            assertThat(table.rows()).as("with the row of padding").isEqualTo(17);
            for (int row = 0; row < read.size(); row++) {
                for (int index = 0; index < read.dimension(); index++) {
                    assertThat(read.at(row, index)).isEqualTo(table.at(row + 1, index));
                }
            }
        }
    }

    @Test
    void shouldDrawChosenEntriesAndNameThoseThatAreMissing() throws IOException {
        Path words = folder.resolve("words.txt");
        Files.writeString(words, "good\nbad\n\nParis\nrhododendron\n");
        Path picture = folder.resolve("words.png");

        assertThat(embeddings("plot", "--words", words.toString(), "--out", picture.toString()))
                .isZero();

        assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(1600);
        assertThat(lines(err))
                .containsExactly(
                        "glosstream: 1 of 4 entries are not in the table and left out: rhododendron",
                        "glosstream: wrote " + picture + ": 3 entries, 3 with a label");
    }

    @Test
    void shouldDrawByEitherMethod() {
        Path picture = folder.resolve("top.png");

        assertThat(embeddings("plot", "--top", "10", "--method", "tsne", "--out", picture.toString()))
                .isZero();

        assertThat(picture).isNotEmptyFile();
        assertThat(lines(err)).anyMatch(line -> line.contains("10 entries"));
    }

    @Test
    void shouldRefuseWhatCannotBeDrawn() {
        String out = folder.resolve("x.png").toString();

        assertThat(embeddings("plot", "--out", "x.jpg")).isEqualTo(ExitCode.USAGE);
        assertThat(embeddings("plot", "--out", out, "--method", "umap")).isEqualTo(ExitCode.USAGE);
        assertThat(embeddings("plot", "--out", out, "--top", "2")).isEqualTo(ExitCode.USAGE);
        assertThat(embeddings("plot", "--out", out, "--words", "none.txt")).isEqualTo(ExitCode.USAGE);

        assertThat(lines(err)).hasSize(4).allSatisfy(line -> assertThat(line).contains("expected"));
        assertThat(folder.resolve("x.png")).doesNotExist();
    }

    @Test
    void shouldNameTheRowsOfEveryColumnThatHasNames() {
        ModelBundle bundle = VariedBundles.write(
                folder.resolve("varied"),
                Task.SENTIMENT,
                VariedBundles.architecture(LstmSettings.bidirectional(3, 1), Representation.LAST));
        try (LoadedModel model = LoadedModel.load(bundle)) {
            assertThat(BundleVectors.of(model, 2).entries())
                    .containsExactly(
                            "negative",
                            "negative (starts a phrase)",
                            "negative (within a phrase)",
                            "positive",
                            "positive (starts a phrase)",
                            "positive (within a phrase)");
            assertThat(BundleVectors.of(model, 4).entries())
                    .startsWith("a", "b")
                    .doesNotContain("<pad>");
            WordVectors words = BundleVectors.of(model, 0);
            assertThat(words.cosine(0, 0)).isCloseTo(1, within(1e-9));
        }
        assertThat(run("embeddings", "neighbours", "x", "--column=ngrams", "--model=" + folder.resolve("varied")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(lines(err)).singleElement().satisfies(line -> assertThat(line)
                .contains("hashed n-grams"));
    }

    private WordVectors words() {
        try (LoadedModel model = LoadedModel.load(ModelBundle.open(folder.resolve("tiny")))) {
            return BundleVectors.of(model, 0);
        }
    }

    private int embeddings(String command, String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "embeddings";
        all[1] = command;
        all[2] = "--model=" + folder.resolve("tiny");
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return run(all);
    }

    @Test
    void shouldLearnVectorsThatARecipeCanStartFrom() throws IOException {
        Path texts = Files.writeString(
                folder.resolve("texts.txt"),
                "tea and coffee\ncoffee and Tea\nheld out tea\ntea or coffee\n".repeat(5) + "coffee and tea now\n");
        Path held = Files.writeString(folder.resolve("held.txt"), "held out tea\n");
        Path learned = folder.resolve("learned.vec.gz");

        int exitCode = run(
                "embeddings",
                "learn",
                "--root=" + folder,
                "--data=text:" + texts.getFileName(),
                "--exclude=text:" + held.getFileName(),
                "--min-count=2",
                "--dimension=4",
                "--out=" + learned);

        assertThat(exitCode).as(err.toString(StandardCharsets.UTF_8)).isZero();
        WordVectors vectors = Word2VecText.read(learned);
        // Each text counts once, however often it stands there: "now" and "or" are too rare, "held" is left out.
        assertThat(vectors.entries()).containsExactlyInAnyOrder("tea", "coffee", "and");
        assertThat(vectors.dimension()).isEqualTo(4);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("learning from 4 texts", "wrote 3 vectors of 4 values");
    }

    @Test
    void shouldRefuseToLearnWithoutAFrequentWord() throws IOException {
        Path texts = Files.writeString(folder.resolve("few.txt"), "one two three\n");

        assertThat(run("embeddings", "learn", "--data=text:" + texts, "--out=" + folder.resolve("none.vec")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("expected a word that occurs at least 3 times, got none in 1 texts");
    }

    @Test
    void shouldRefuseWhatCannotBeLearntOrWrittenBeforeItReadsATextAtAll() {
        String absent = "--data=text:" + folder.resolve("absent.txt");

        assertThat(run("embeddings", "learn", absent, "--out=" + folder.resolve("no-folder/own.vec")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("embeddings", "learn", absent, "--dimension=0", "--out=" + folder.resolve("own.vec")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("embeddings", "learn", absent, "--min-count=0", "--out=" + folder.resolve("own.vec")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(lines(err)).hasSize(3);
        assertThat(lines(err).get(0)).contains("--out: expected a file in a folder that can be written");
        assertThat(lines(err).get(1)).contains("skip-gram dimension: expected 1 to 1024, got 0");
        assertThat(lines(err).get(2)).contains("--min-count, --max-vocabulary: expected at least 1, got 0 and 50000");
    }

    private int run(String... arguments) {
        return Main.run(
                new Surroundings(
                        new ByteArrayInputStream(new byte[0]),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Map.of(),
                        false),
                arguments);
    }

    private static List<String> lines(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
