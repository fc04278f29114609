package dev.glosstream.train;

import ai.djl.Model;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import dev.glosstream.infer.BatchArrays;
import dev.glosstream.infer.DropoutRates;
import dev.glosstream.infer.EncoderDigest;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.SequenceNetwork;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Task;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One task of a training run in native memory: its network, which may stand on the encoder of another task's, its loss, and
 * what it learns from. One thread.
 */
final class TaskTraining {
    private final TrainingRecipe recipe;
    private final ModelManifest manifest;
    private final EncodedExamples examples;
    private final SequenceNetwork network;
    private final @Nullable CrfNetwork crf;
    private final NetworkTrainer.Objective objective;
    private final List<Integer> words;

    private TaskTraining(Part part, SequenceNetwork network) {
        this.recipe = part.recipe();
        this.manifest = part.manifest();
        this.examples = part.examples();
        this.network = network;
        this.words = recipe.wordColumns();
        this.crf = recipe.task() == Task.ENTITIES ? new CrfNetwork(network, tagSet().size()) : null;
        Block block = crf == null ? network : crf;
        Loss loss = crf == null ? new SoftCrossEntropyLoss() : new CrfLoss(tagSet());
        this.objective = new NetworkTrainer.Objective(block, loss, (float) part.lossWeight());
    }

    /**
     * What a task is given.
     *
     * @param manifest of its bundle to be
     * @param examples that it learns from
     * @param lossWeight by which its loss is multiplied, above 0
     */
    record Part(TrainingRecipe recipe, ModelManifest manifest, EncodedExamples examples, double lossWeight) {}

    /** Makes a task with an encoder of its own. */
    static TaskTraining of(Part part, List<IdSpace> ids, NDManager manager) {
        return initialised(
                part,
                LoadedModel.network(
                        part.manifest(), ids, part.recipe().training().dropout()),
                manager);
    }

    /** Makes another task on the encoder of this one. */
    TaskTraining beside(Part part, NDManager manager) {
        SequenceNetwork other = LoadedModel.networkBeside(
                network, part.manifest(), part.recipe().training().dropout());
        return initialised(part, other, manager);
    }

    private static TaskTraining initialised(Part part, SequenceNetwork network, NDManager manager) {
        initialise(network);
        TaskTraining task = new TaskTraining(part, network);
        task.objective
                .block()
                .initialize(
                        manager,
                        DataType.FLOAT32,
                        BatchArrays.shapes(part.manifest().architecture()));
        return task;
    }

    /** Glorot and Bengio, 2010, for the matrices, zero for biases; {@link TableTraining} sees to the embeddings. */
    static void initialise(SequenceNetwork network) {
        network.setInitializer(
                new XavierInitializer(XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.AVG, 3),
                parameter -> parameter.getType() == Parameter.Type.WEIGHT);
    }

    private BioTagSet tagSet() {
        return BioTagSet.of(recipe.labels());
    }

    SequenceNetwork network() {
        return network;
    }

    NetworkTrainer.Objective objective() {
        return objective;
    }

    /** Returns the steps of an epoch. */
    int steps() {
        int batchSize = recipe.training().batchSize();
        return (examples.size() + batchSize - 1) / batchSize;
    }

    /** Returns the batches of an epoch. */
    TrainingBatches batches(Random random) {
        return TrainingBatches.of(examples.sequenceLengths(), recipe.training().batchSize(), random);
    }

    /**
     * Takes one step.
     *
     * @param batch indices of its examples
     * @param random of the words that are dropped
     * @return loss before the step
     */
    double step(NetworkTrainer trainer, int[] batch, Random random) {
        double rate = recipe.training().wordDropout();
        List<EncodedExample> dropped = Arrays.stream(batch)
                .mapToObj(examples::get)
                .map(example -> example.withIds(TrainingBatches.dropWords(example.ids(), words, rate, random)))
                .toList();
        int paddedLength = dropped.stream()
                .mapToInt(example -> example.ids().sequenceLength())
                .max()
                .orElseThrow();
        return trainer.step(objective, dropped, scratch -> targets(scratch, dropped, paddedLength));
    }

    private NDList targets(NDManager manager, List<EncodedExample> batch, int paddedLength) {
        return crf == null
                ? TargetArrays.ofClasses(manager, batch)
                : TargetArrays.ofTags(manager, batch, paddedLength, tagSet().size());
    }

    /**
     * Writes weights as the network that serves reads them, and the CRF's transitions.
     *
     * @param values of each parameter
     * @param ids of each column
     * @param directory holds the files of the columns
     */
    Written writeWeights(Map<Parameter, float[]> values, List<IdSpace> ids, Path directory, String file)
            throws IOException {
        List<String> files = new ArrayList<>(List.of(file));
        String digest;
        try (Model model = LoadedModel.newModel(manifest.name())) {
            SequenceNetwork serving = LoadedModel.network(manifest, ids, DropoutRates.NONE);
            serving.initialize(model.getNDManager(), DataType.FLOAT32, BatchArrays.shapes(manifest.architecture()));
            AveragedWeights.copyTo(
                    of(network.getParameters().values(), values),
                    serving.getParameters().values());
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(directory.resolve(file))))) {
                serving.saveParameters(out);
            }
            digest = EncoderDigest.of(serving, manifest.architecture(), directory);
        }
        if (crf != null) {
            ModelBundle.writeTransitions(directory, CrfNetwork.read(tagSet(), of(crf.crfParameters(), values)));
            files.add(ModelBundle.TRANSITIONS);
        }
        return new Written(files, digest);
    }

    private static List<float[]> of(List<Parameter> parameters, Map<Parameter, float[]> values) {
        return parameters.stream()
                .map(parameter -> Objects.requireNonNull(values.get(parameter), "a parameter of the network"))
                .toList();
    }

    /**
     * What was written.
     *
     * @param files their names
     * @param encoder digest of what comes before the head
     */
    record Written(List<String> files, String encoder) {}
}
