package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.NormalInitializer;
import dev.glosstream.infer.BatchArrays;
import dev.glosstream.infer.DropoutRates;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.SequenceNetwork;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.tokenize.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of either task move the encoder that both have, and of the heads only their own. */
class JointGradientTest {
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Map<Parameter, float[]> gradients = new HashMap<>();

    private SequenceNetwork mood;
    private SequenceNetwork names;
    private NetworkTrainer.Objective ofMood;
    private NetworkTrainer.Objective ofNames;
    private NetworkTrainer trainer;
    private TokenIds ids;
    private int tags;

    @BeforeEach
    void makeNetworks(@TempDir Path folder) {
        ModelBundle bundle = TinyBundles.write(folder.resolve("sentiment"), Task.SENTIMENT);
        ModelBundle other = TinyBundles.write(folder.resolve("entities"), Task.ENTITIES);
        ids = TokenEncoder.of(bundle).encode(new Tokenizer().tokenize("anna works in paris"));
        tags = BioTagSet.of(other.manifest().labels()).size();
        mood = LoadedModel.network(bundle.manifest(), bundle.ids(), DropoutRates.NONE);
        names = LoadedModel.networkBeside(mood, other.manifest(), DropoutRates.NONE);
        CrfNetwork crf = new CrfNetwork(names, tags);
        mood.setInitializer(new NormalInitializer(0.5f), parameter -> true);
        names.setInitializer(new NormalInitializer(0.5f), parameter -> true);
        mood.initialize(
                manager, DataType.FLOAT32, BatchArrays.shapes(bundle.manifest().architecture()));
        crf.initialize(
                manager, DataType.FLOAT32, BatchArrays.shapes(bundle.manifest().architecture()));
        ofMood = new NetworkTrainer.Objective(mood, new SoftCrossEntropyLoss());
        ofNames = new NetworkTrainer.Objective(
                crf, new CrfLoss(BioTagSet.of(other.manifest().labels())));
        List<ColumnRecipe> columns = bundle.manifest().architecture().columns().stream()
                .map(column -> TinyNetworks.recipe(column, ColumnRecipe.Table.DEFAULT))
                .toList();
        trainer = new NetworkTrainer(
                manager,
                List.of(ofMood, ofNames),
                new TableTraining(mood, columns),
                new Recorder(),
                new GradientClipping(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    @AfterEach
    void release() {
        manager.close();
    }

    @Test
    void shouldHaveEveryParameterOnce() {
        assertThat(trainer.parameters()).extracting(HeapParameter::parameter).doesNotHaveDuplicates();
        assertThat(encoder()).hasSizeGreaterThan(2);
        // The heads have weight and bias each, the CRF three matrices
        assertThat(trainer.parameters()).hasSize(encoder().size() + 2 + 2 + 3);
    }

    @Test
    void shouldReachTheEncoderFromTheText() {
        step(ofMood, EncodedExample.ofClass(ids, new float[] {0, 0, 1}, 1));

        assertThat(gradients.keySet()).containsExactlyInAnyOrderElementsOf(parameters(mood));
        assertThat(encoder()).allMatch(this::hasSlope);
    }

    @Test
    void shouldReachTheEncoderFromTheTokens() {
        step(ofNames, EncodedExample.ofTags(ids, new int[] {1, 0, 0, 3}, 1));

        assertThat(gradients.keySet()).containsAll(parameters(names)).doesNotContainAnyElementsOf(headOf(mood));
        assertThat(encoder()).allMatch(this::hasSlope);
    }

    @Test
    void shouldWeighALoss() {
        EncodedExample example = EncodedExample.ofClass(ids, new float[] {0, 0, 1}, 1);
        double once = step(ofMood, example);

        double thrice = step(new NetworkTrainer.Objective(mood, new SoftCrossEntropyLoss(), 3), example);

        assertThat(thrice).isCloseTo(3 * once, within(1e-5));
    }

    private boolean hasSlope(Parameter parameter) {
        float[] gradient = gradients.getOrDefault(parameter, new float[0]);
        return !Arrays.equals(gradient, new float[gradient.length]);
    }

    private double step(NetworkTrainer.Objective objective, EncodedExample example) {
        List<EncodedExample> batch = List.of(example);
        return trainer.step(objective, batch, scratch -> targets(scratch, batch));
    }

    private NDList targets(NDManager scratch, List<EncodedExample> batch) {
        return batch.get(0).tags().length == 0
                ? TargetArrays.ofClasses(scratch, batch)
                : TargetArrays.ofTags(scratch, batch, ids.sequenceLength(), tags);
    }

    private static List<Parameter> parameters(SequenceNetwork network) {
        return network.getParameters().values();
    }

    private List<Parameter> encoder() {
        return parameters(mood).stream().filter(parameters(names)::contains).toList();
    }

    private List<Parameter> headOf(SequenceNetwork network) {
        return parameters(network).stream()
                .filter(parameter -> !encoder().contains(parameter))
                .toList();
    }

    /** Moves nothing. */
    private final class Recorder implements WeightOptimizer {
        @Override
        public void settle(HeapParameter parameter, int row, int step) {}

        @Override
        public void update(HeapParameter parameter, int[] rows, float[] gradient, int step) {
            gradients.put(parameter.parameter(), gradient);
        }
    }
}
