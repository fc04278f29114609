package dev.glosstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.infer.TinyBundles;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthTest {
    private static final BenchTexts TEXTS = new BenchTexts(
            "four",
            List.of("Paris was lovely in May!", "They did n't like it, Anna said.", "No.", "What a day :) really"));

    @TempDir
    private Path folder;

    @Test
    void shouldGrowTenfoldTwiceInEventsAndInTokens() {
        List<Growth.Step> steps = new Growth(TEXTS, 2000).steps(6, 2);

        assertThat(steps.stream().map(Growth.Step::what))
                .containsExactly(
                        "events", "events", "events", "tokens of a text", "tokens of a text", "tokens of a text");
        assertThat(steps.stream().map(Growth.Step::value)).containsExactly(20, 200, 2000, 10, 100, 1000);
        assertThat(steps.stream().map(step -> step.load().measured().size()))
                .containsExactly(20, 200, 2000, 200, 20, 2);
        assertThat(steps.stream().map(step -> step.load().warmUp())).containsExactly(6, 6, 6, 6, 5, 1);
    }

    @Test
    void shouldMeasureEveryEventHoweverLongItTakes() {
        assertThat(new Growth(TEXTS, 100).steps(6, 2))
                .allSatisfy(step -> assertThat(step.load().longest()).isGreaterThanOrEqualTo(Duration.ofDays(1)));
    }

    @Test
    void shouldCutTextsToTheVeryNumberOfTokens() {
        List<Growth.Step> steps = new Growth(TEXTS, 2000).steps(6, 2);

        assertThat(new HashSet<>(steps.get(3).load().tokens())).containsExactly(10);
        assertThat(new HashSet<>(steps.get(4).load().tokens())).containsExactly(100);
        assertThat(new HashSet<>(steps.get(5).load().tokens())).containsExactly(1000);
        assertThat(new HashSet<>(steps.get(3).load().texts())).hasSizeGreaterThan(4);
    }

    @Test
    void shouldRaiseTheLimitOfCharactersOnlyWhereATextIsLonger() {
        BenchTexts longWords = new BenchTexts("long", List.of("a".repeat(40)));

        List<Growth.Step> steps = new Growth(longWords, 200).steps(1, 1);

        assertThat(steps.get(4).settings()).isEmpty();
        assertThat(steps.get(5).settings()).isEqualTo(Map.of("limits", Map.of("maxChars", 1000 * 41 - 1)));
    }

    @Test
    void shouldReadLongTextsWholeAndLeaveTheBundleAsItIs() throws Exception {
        ModelBundle bundle = TinyBundles.write(folder.resolve("tiny"), Task.ENTITIES);
        int own = bundle.manifest().architecture().maxSequenceLength();
        Map<String, Path> models = Map.of("entities", folder.resolve("tiny"));
        List<Growth.Step> steps = new Growth(TEXTS, 100).steps(1, 1);

        Path copy = Objects.requireNonNull(steps.get(5).models(models, folder).get("entities"));

        assertThat(ModelBundle.open(copy).manifest().architecture().maxSequenceLength())
                .isEqualTo(1000);
        assertThat(ModelBundle.open(copy).manifest().files())
                .isEqualTo(bundle.manifest().files());
        assertThat(ModelBundle.open(folder.resolve("tiny"))
                        .manifest()
                        .architecture()
                        .maxSequenceLength())
                .isEqualTo(own);
        assertThat(Growth.reading(own, models, folder)).isEqualTo(models);
    }

    @Test
    void shouldCountEventsWithTheBundlesAsTheyAre() throws Exception {
        BenchTexts longTexts = new BenchTexts("long", List.of("word ".repeat(2000)));
        Map<String, Path> models = Map.of("entities", folder.resolve("not-even-there"));

        assertThat(new Growth(longTexts, 100).steps(1, 1).get(0).models(models, folder))
                .isEqualTo(models);
    }

    @Test
    void shouldRefuseFewerEventsThanCanBeDividedTwice() {
        assertThatThrownBy(() -> new Growth(TEXTS, 99)).hasMessageContaining("growth: expected at least 100 events");
    }
}
