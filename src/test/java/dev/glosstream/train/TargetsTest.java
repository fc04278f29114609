package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final double TOLERANCE = 1e-5;
    private static final List<String> LABELS = List.of("bad", "fair", "good");

    @Test
    void shouldWeighTheCrossEntropyOfSoftTargets() {
        float[][] logits = {{1, 2, 0}, {0.5f, -1, 3}};
        float[][] targets = {{0, 1, 0}, {0.2f, 0.3f, 0.5f}};
        float[] weights = {2, 0.5f};
        double byHand = 0;
        for (int row = 0; row < 2; row++) {
            double sum = 0;
            for (float logit : logits[row]) {
                sum += Math.exp(logit);
            }
            for (int column = 0; column < 3; column++) {
                byHand -= weights[row] * targets[row][column] * (logits[row][column] - Math.log(sum)) / 2;
            }
        }

        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            TokenIds ids = new TokenIds(1, new int[1][1]);
            NDList labels = TargetArrays.ofClasses(
                    manager,
                    List.of(
                            EncodedExample.ofClass(ids, targets[0], weights[0]),
                            EncodedExample.ofClass(ids, targets[1], weights[1])));
            NDList predictions = new NDList(manager.create(new float[] {1, 2, 0, 0.5f, -1, 3}, new Shape(2, 3)));

            assertThat((double) new SoftCrossEntropyLoss()
                            .evaluate(labels, predictions)
                            .getFloat())
                    .isCloseTo(byHand, within(TOLERANCE));
        }
    }

    @Test
    void shouldSpreadAPartOfTheTargetOverAllClasses() {
        TargetBuilder targets = builder(0.3, ClassWeights.NONE, 0);

        assertThat(targets.distribution(CorpusExample.ofSentiment("x", "fair"), Optional.empty()))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(0.1f, 0.8f, 0.1f);
    }

    @Test
    void shouldMixWhatTeachersThinkWithTheLabel() {
        TargetBuilder targets = builder(0, ClassWeights.NONE, 0.25);
        Optional<float[]> taught = Optional.of(new float[] {0.4f, 0.4f, 0.2f});

        assertThat(targets.distribution(CorpusExample.ofSentiment("x", "good"), taught))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(0.1f, 0.1f, 0.8f);
        assertThat(targets.distribution(CorpusExample.ofSentiment("x", "good").untaught(), taught))
                .isEqualTo(targets.distribution(CorpusExample.ofSentiment("x", "good"), Optional.empty()));
        assertThat(targets.distribution(CorpusExample.ofSentiment("x", ""), taught))
                .containsExactly(0.4f, 0.4f, 0.2f);
    }

    @Test
    void shouldRefuseATextWithNeitherLabelNorTeachers() {
        assertThatThrownBy(() -> builder(0, ClassWeights.NONE, 0)
                        .distribution(CorpusExample.ofSentiment("x", ""), Optional.empty()))
                .isInstanceOf(CorpusException.class);
    }

    @Test
    void shouldMakeRareClassesCountAsMuchAsFrequentOnes() {
        // Six bad texts, three fair ones, one good one that counts three times
        assertThat(weight(ClassWeights.Rule.BALANCED, "bad", 1)).isCloseTo(12 / 18.0, within(TOLERANCE));
        assertThat(weight(ClassWeights.Rule.BALANCED, "fair", 1)).isCloseTo(12 / 9.0, within(TOLERANCE));
        assertThat(weight(ClassWeights.Rule.BALANCED, "good", 3)).isCloseTo(3 * 12 / 9.0, within(TOLERANCE));
        assertThat(weight(ClassWeights.Rule.SQRT_BALANCED, "bad", 1))
                .isCloseTo(Math.sqrt(12 / 18.0), within(TOLERANCE));
        assertThat(weight(ClassWeights.Rule.GIVEN, "bad", 1)).isEqualTo(2.5);
        assertThat(weight(ClassWeights.Rule.GIVEN, "fair", 1)).isEqualTo(1);
        assertThat(weight(ClassWeights.Rule.NONE, "", 0.5)).isEqualTo(0.5);
    }

    private static double weight(ClassWeights.Rule rule, String label, double ofCorpus) {
        ClassWeights weights = new ClassWeights(rule, Map.of("bad", 2.5));
        return builder(0, weights, 0)
                .weight(CorpusExample.ofSentiment("x", label).withWeight(ofCorpus));
    }

    private static TargetBuilder builder(double smoothing, ClassWeights weights, double distillation) {
        List<CorpusExample> examples = new ArrayList<>();
        for (int index = 0; index < 9; index++) {
            examples.add(CorpusExample.ofSentiment("x", index < 6 ? "bad" : "fair"));
        }
        examples.add(CorpusExample.ofSentiment("x", "good").withWeight(3));
        examples.add(CorpusExample.ofSentiment("x", ""));
        return new TargetBuilder(LABELS, new TargetSettings(smoothing, weights, distillation, 1), examples);
    }
}
