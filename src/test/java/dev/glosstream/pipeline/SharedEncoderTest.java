package dev.glosstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.SharedEncoderBundles;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.model.BundleException;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.observe.PipelineListener;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two bundles of one encoder are run as one, and nobody can tell from the labels. */
class SharedEncoderTest {
    /** Single precision: the engine may add in another order. */
    private static final double TOLERANCE = 1e-5;

    private static final List<String> TEXTS = List.of(
            "good",
            "Anna works in Paris .",
            "it is not bad !",
            "the good , the bad , and I",
            "Paris is good , is it not ? Anna is in Paris , and it works !");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(names = {"FP32", "BF16"})
    void shouldRunACommonEncoderOnce(PrecisionChoice precision) {
        List<ModelBundle> bundles = SharedEncoderBundles.pair(folder);
        Heard together = new Heard();

        List<Labels> labels = label(bundles, precision, together);

        // Then each batch went through the engine once for both tasks
        assertThat(together.tasks).hasSize(5).containsOnly(Set.of(Task.SENTIMENT, Task.ENTITIES));
        // And the labels are those of either bundle alone
        List<Labels> mood = label(bundles.subList(0, 1), precision, new Heard());
        List<Labels> names = label(bundles.subList(1, 2), precision, new Heard());
        for (int text = 0; text < TEXTS.size(); text++) {
            assertSame(labels.get(text), mood.get(text), names.get(text));
        }
    }

    @Test
    void shouldReadATextOnceForModelsThatReadTheSame() {
        List<ModelBundle> bundles = SharedEncoderBundles.pair(folder);

        PreparedText prepared = new TextPreparer(bundles, LimitSettings.DEFAULT)
                .prepare("Anna works in Paris")
                .fold(text -> text, rejection -> {
                    throw new AssertionError(rejection);
                });

        assertThat(prepared.ids().get(Task.SENTIMENT)).isSameAs(prepared.ids().get(Task.ENTITIES));
    }

    @Test
    void shouldRunOtherEncodersEachForItself() {
        List<ModelBundle> bundles = List.of(
                TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT),
                TinyBundles.write(folder.resolve("entities"), Task.ENTITIES));
        Heard heard = new Heard();

        label(bundles, PrecisionChoice.AUTO, heard);

        assertThat(bundles.get(0).sharesEncoder(bundles.get(1))).isFalse();
        assertThat(heard.tasks).hasSize(10).containsOnly(Set.of(Task.SENTIMENT), Set.of(Task.ENTITIES));
    }

    @Test
    void shouldReadForEachModelThatReadsAnotherNumberOfTokens() {
        List<ModelBundle> bundles = List.of(
                TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT, 8),
                TinyBundles.write(folder.resolve("entities"), Task.ENTITIES, 16));

        assertThat(bundles.get(0).readsLike(bundles.get(1))).isFalse();
    }

    @Test
    void shouldRefuseABundleThatNamesAnotherEncoderThanItHas() throws IOException {
        ModelBundle liar =
                SharedEncoderBundles.named(SharedEncoderBundles.pair(folder).get(0), "0".repeat(64));

        assertThatThrownBy(() -> LoadedModel.load(liar).close())
                .isInstanceOf(BundleException.class)
                .hasMessageContaining("encoder: expected SHA-256 " + "0".repeat(64) + ", got ");
    }

    @Test
    void shouldRefuseADigestThatIsNone() {
        ModelBundle bundle = TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);

        assertThatThrownBy(() -> bundle.manifest().withEncoder("shared"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("encoder: expected 64 hexadecimal digits, or nothing, got 'shared'");
    }

    @Test
    void shouldSayNothingInTheManifestOfABundleThatSharesNothing() throws IOException {
        ModelBundle alone = TinyBundles.write(folder.resolve("alone"), Task.SENTIMENT);
        ModelBundle shared = SharedEncoderBundles.pair(folder).get(0);

        assertThat(Files.readString(alone.directory().resolve(ModelBundle.MANIFEST)))
                .doesNotContain("encoder");
        assertThat(Files.readString(shared.directory().resolve(ModelBundle.MANIFEST)))
                .contains("\"encoder\" : \"" + shared.manifest().encoder() + "\"");
        // In another format the encoder is no longer the one that the digest is of
        assertThat(shared.manifest()
                        .exported(new ModelManifest.Weights("weights.pt", ModelManifest.Weights.TORCHSCRIPT, "bf16"))
                        .encoder())
                .isEmpty();
    }

    private static void assertSame(Labels labels, Labels mood, Labels names) {
        assertThat(labels.truncated()).isEqualTo(mood.truncated());
        Map<String, Double> scores = mood.sentiment().orElseThrow().scores();
        labels.sentiment().orElseThrow().scores().forEach((label, score) -> assertThat(score)
                .isCloseTo(scores.get(label), within(TOLERANCE)));
        List<Entity> expected = names.entities().orElseThrow();
        List<Entity> found = labels.entities().orElseThrow();
        assertThat(found)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("score")
                .isEqualTo(expected);
        for (int index = 0; index < found.size(); index++) {
            assertThat(found.get(index).score()).isCloseTo(expected.get(index).score(), within(TOLERANCE));
        }
    }

    /** Labels every text by the bundles, in batches of one. */
    private static List<Labels> label(List<ModelBundle> bundles, PrecisionChoice precision, PipelineListener listener) {
        SharedModels models = SharedModels.ofFolders(
                bundles.stream().map(ModelBundle::directory).toList(), DeviceChoice.CPU, precision);
        try (SharedModels.Open open = models.open();
                TextLabeller labeller = new TextLabeller(
                        open.models(),
                        LimitSettings.DEFAULT,
                        new BatchingSettings(256, 100_000, Duration.ZERO, 1),
                        listener)) {
            List<PreparedText> prepared = TEXTS.stream()
                    .map(labeller::prepare)
                    .map(SharedEncoderTest::accepted)
                    .toList();
            return labeller.label(prepared).stream()
                    .map(SharedEncoderTest::accepted)
                    .toList();
        }
    }

    private static <T> T accepted(Outcome<T> outcome) {
        return outcome.fold(value -> value, rejection -> {
            throw new AssertionError(rejection.toString());
        });
    }

    /** Remembers which tasks each batch was scored for. */
    private static final class Heard implements PipelineListener {
        private final List<Set<Task>> tasks = new ArrayList<>();

        @Override
        public void scored(Set<Task> together, PaddedBatch batch, long realTokens, long mark) {
            tasks.add(together);
        }
    }
}
