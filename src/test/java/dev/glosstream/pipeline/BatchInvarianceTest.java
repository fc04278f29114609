package dev.glosstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A text gets the same labels alone or in any window, cut into batches in any way. */
class BatchInvarianceTest {
    /** Single precision: the engine may add in another order for another batch. */
    private static final double TOLERANCE = 1e-4;

    private static LoadedModel sentiment;
    private static LoadedModel entities;

    @BeforeContainer
    static void loadModels() throws IOException {
        Path directory = Files.createTempDirectory("glosstream-test");
        sentiment = LoadedModel.load(TinyBundles.write(directory.resolve("sentiment"), Task.SENTIMENT));
        entities = LoadedModel.load(TinyBundles.write(directory.resolve("entities"), Task.ENTITIES, 48));
    }

    @AfterContainer
    static void closeModels() {
        sentiment.close();
        entities.close();
    }

    @Property(tries = 40)
    void shouldLabelATextTheSameWithAnyNeighbours(
            @ForAll("windows") List<String> texts, @ForAll @IntRange(min = 1, max = 4096) int tokenBudget) {
        try (TextLabeller together = labeller(tokenBudget);
                TextLabeller alone = labeller(1)) {
            List<PreparedText> prepared = texts.stream()
                    .flatMap(text -> accepted(together.prepare(text)).stream())
                    .toList();

            List<Outcome<Labels>> window = together.label(prepared);

            for (int index = 0; index < prepared.size(); index++) {
                Labels single = accepted(
                                alone.label(List.of(prepared.get(index))).get(0))
                        .orElseThrow();
                assertSame(accepted(window.get(index)).orElseThrow(), single);
            }
        }
    }

    private static TextLabeller labeller(int tokenBudget) {
        return new TextLabeller(
                List.of(TaskModel.of(sentiment), TaskModel.of(entities)),
                LimitSettings.DEFAULT,
                new BatchingSettings(256, 100_000, Duration.ZERO, tokenBudget),
                new BatchStatistics());
    }

    private static <T> Optional<T> accepted(Outcome<T> outcome) {
        return outcome.fold(Optional::of, rejection -> Optional.empty());
    }

    private static void assertSame(Labels labels, Labels expected) {
        Sentiment mood = labels.sentiment().orElseThrow();
        assertThat(mood.label()).isEqualTo(expected.sentiment().orElseThrow().label());
        mood.scores().forEach((label, score) -> assertThat(score)
                .isCloseTo(expected.sentiment().orElseThrow().scores().get(label), within(TOLERANCE)));
        List<Entity> spans = labels.entities().orElseThrow();
        List<Entity> expectedSpans = expected.entities().orElseThrow();
        assertThat(spans).hasSameSizeAs(expectedSpans);
        for (int index = 0; index < spans.size(); index++) {
            assertThat(spans.get(index))
                    .usingRecursiveComparison()
                    .ignoringFields("score")
                    .isEqualTo(expectedSpans.get(index));
            assertThat(spans.get(index).score())
                    .isCloseTo(expectedSpans.get(index).score(), within(TOLERANCE));
        }
        assertThat(labels.truncated()).isEqualTo(expected.truncated());
    }

    @Provide
    Arbitrary<List<String>> windows() {
        Arbitrary<String> word = Arbitraries.oneOf(
                Arbitraries.of("good", "bad", "not", "Paris", "Anna", "in", "the", "is", ".", "!", "WORKS"),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(6));
        Arbitrary<String> text = word.list().ofMinSize(1).ofMaxSize(60).map(words -> String.join(" ", words));
        return text.list().ofMinSize(1).ofMaxSize(16);
    }
}
