package dev.glosstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.Guarantee;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.PipelineSettings;
import dev.glosstream.config.TopicSettings;
import dev.glosstream.enricher.EnricherSettings;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same texts, the same lines: through an enricher in a topology of one's own, and through the product's pipeline. */
class TextHarnessTest {
    private static final BatchingSettings FOUR = new BatchingSettings(4, 100, Duration.ofSeconds(1), 64);
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);

    private final RuleModels models;

    TextHarnessTest(@TempDir Path folder) {
        models = RuleModels.in(folder)
                .sentiment("positive", "good")
                .sentiment("negative", "bad", "broken")
                .entities("PER", "Anna Smith", "Anna")
                .entities("LOC", "Paris")
                .failingOn("poison");
    }

    /** What the texts go through. */
    private enum Through {
        ENRICHER,
        PIPELINE
    }

    private TextHarness open(Through through) {
        if (through == Through.ENRICHER) {
            return TextHarness.ofEnricher(
                    EnricherSettings.of("texts", models.models()).withBatching(FOUR));
        }
        Map<Task, Path> folders =
                Map.of(Task.SENTIMENT, models.folder(Task.SENTIMENT), Task.ENTITIES, models.folder(Task.ENTITIES));
        return TextHarness.ofPipeline(
                new PipelineSettings(
                        "pipeline",
                        TopicSettings.DEFAULT,
                        folders,
                        FOUR,
                        LimitSettings.DEFAULT,
                        Guarantee.EXACTLY_ONCE_V2,
                        1,
                        Map.of()),
                models);
    }

    @ParameterizedTest
    @EnumSource
    void shouldShowLabelsBatchesOrderAndDeadLetters(Through through) {
        try (TextHarness texts = open(through)) {
            texts.send("a", "good Anna Smith in Paris").send("b", " ").send("c", "bad broken good");
            texts.expectLabels();
            texts.advance(LONG_ENOUGH);

            texts.expectLabels("a: positive [Anna Smith PER] [Paris LOC]", "c: negative");
            texts.expectDeadLetters("b: blank-text");
            texts.expectWaiting(0);
            models.expectBatches(2);

            texts.send("d", "Anna").advance(LONG_ENOUGH);
            texts.expectLabels("d: neutral [Anna PER]").expectDeadLetters();
        }
        assertThat(models.openScorers()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void shouldComeBackFromACrashWithWhatWaited(Through through) {
        try (TextHarness texts = open(through)) {
            texts.send("a", "good").send("b", "bad").expectWaiting(2).crash();
            texts.expectLabels().expectWaiting(2);
            // What was restored has waited long enough, whenever that was.
            texts.send("c", "Paris");

            texts.expectOrder("a", "b", "c");
            texts.expectWaiting(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldReadTheRecordAgainThatTheModelBrokeDownOn(Through through) {
        try (TextHarness texts = open(through)) {
            texts.send("a", "good").send("b", "bad").send("c", "Paris");
            models.breakDown();
            assertThatThrownBy(() -> texts.send("d", "good")).hasRootCauseMessage("broken down");
            models.repair();
            texts.expectLabels().expectWaiting(3).crash();

            texts.expectOrder("a", "b", "c", "d").expectWaiting(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSurviveTheReadyMadeScenarios(Through through) {
        String[] texts = {"good", "bad Paris", " ", "Anna Smith", "broken", "good good bad"};

        Scenarios.poison(() -> open(through), LONG_ENOUGH, "some poison", texts);
        Scenarios.modelFault(() -> open(through), models, LONG_ENOUGH, texts);
        Scenarios.crashAnywhere(
                () -> open(through),
                Stream.of(texts)
                        .map(text -> (Consumer<TextHarness>) harness -> harness.send(text, text))
                        .toList(),
                harness -> harness.advance(LONG_ENOUGH).everything());
    }

    @Test
    void shouldTellWhatWasExpectedAndWhatCame() {
        try (TextHarness texts = open(Through.ENRICHER)) {
            texts.send("a", "good").advance(LONG_ENOUGH);

            assertThatThrownBy(() -> texts.expectLabels("a: negative"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("labels: expected \n    a: negative\n , got \n    a: positive\n ");
            assertThatThrownBy(() -> models.expectBatches(2)).hasMessage("batches: expected [2], got [1]");
        }
    }

    @Test
    void shouldNotTakeADisturbedOutcomeForSound() {
        assertThatThrownBy(() -> Scenarios.crashAnywhere(
                        () -> open(Through.ENRICHER),
                        List.of(harness -> harness.send("a", "good"), harness -> harness.send("b", "good")),
                        harness -> System.identityHashCode(harness)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("crash after step 1 of 2");
    }

    @Test
    void shouldRefuseRulesThatComeTooLate() {
        models.models();

        assertThatThrownBy(() -> models.sentiment("positive", "late")).isInstanceOf(IllegalStateException.class);
    }
}
