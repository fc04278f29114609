package dev.glosstream.topology;

import static dev.glosstream.topology.PipelineDriver.bytes;
import static dev.glosstream.topology.PipelineDriver.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.BatchingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Any value is either labelled or a dead letter, exactly once. One driver for all tries: a record that breaks it breaks
 * the next one too.
 */
class AnyBytesTest {
    private static @Nullable Path directory;
    private static @Nullable PipelineDriver driver;

    @BeforeContainer
    static void open() throws IOException {
        directory = Files.createTempDirectory("any-bytes");
        TinyModels models = new TinyModels(directory);
        driver = new PipelineDriver(
                PipelineDriver.settings(models, new BatchingSettings(1, 1000, Duration.ZERO, 64)), models);
    }

    @AfterContainer
    static void close() throws IOException {
        if (driver != null) {
            driver.close();
        }
        if (directory != null) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Property
    void shouldAnswerOnAnyValue(@ForAll byte[] value) {
        assertOneAnswer(value);
    }

    @Property
    void shouldAnswerOnAnyBody(@ForAll @Size(max = 100) byte[] body) {
        byte[] value = Arrays.copyOf(bytes(event("", "")), 10 + body.length);
        System.arraycopy(body, 0, value, 10, body.length);

        assertOneAnswer(value);
    }

    /** Texts of pieces that are hard on tokenizers, and of words that the models know. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "good",
                        "poison",
                        "Anna",
                        " ",
                        "\n",
                        "\u0000",
                        "\u202E",
                        "\u0301",
                        "\u200D",
                        "\uD83D\uDE00",
                        "\uD83D",
                        "\u6771",
                        "http://",
                        "@",
                        "...",
                        "\uFFFD",
                        "\uFFFF")
                .list()
                .ofMaxSize(40)
                .map(pieces -> String.join("", pieces));
    }

    @Property
    void shouldAnswerOnAnyText(@ForAll String id, @ForAll("texts") String text) {
        assertOneAnswer(bytes(event(id, text)));
    }

    private static void assertOneAnswer(byte[] value) {
        if (driver == null) {
            throw new AssertionError("no driver");
        }
        driver.sendBytes(value);

        int labelled = driver.records("enriched-events").size();
        int refused = driver.records("dead-letters").size();
        assertThat(labelled + refused).isEqualTo(1);
    }
}
