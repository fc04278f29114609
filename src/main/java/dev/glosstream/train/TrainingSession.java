package dev.glosstream.train;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.XavierInitializer;
import ai.djl.training.loss.Loss;
import dev.glosstream.infer.BatchArrays;
import dev.glosstream.infer.DropoutRates;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.SequenceNetwork;
import dev.glosstream.model.IdSpace;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Task;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The native side of a training run: network, optimiser, gradient steps.
 *
 * <p>Every array of a step lives in a scope that closes with the step, so resident memory is the same after each epoch.
 * One thread.
 */
final class TrainingSession implements AutoCloseable {
    private static final int STEPS_PER_AVERAGE = 10;

    private final TrainingSettings settings;
    private final ModelManifest manifest;
    private final List<IdSpace> ids;
    private final TableTraining tables;
    private final EncodedExamples examples;
    private final Model model;
    private final NetworkTrainer trainer;
    private final @Nullable CrfNetwork crf;
    private final AveragedWeights averages;
    private final RandomDraws draws;
    private final List<Integer> words;

    private TrainingSession(
            TrainingRecipe recipe,
            ModelManifest manifest,
            List<IdSpace> ids,
            ColumnFiles files,
            EncodedExamples examples) {
        this.settings = recipe.training();
        this.manifest = manifest;
        this.ids = List.copyOf(ids);
        this.examples = examples;
        this.draws = new RandomDraws(settings.seed());
        this.words = recipe.wordColumns();
        this.model = LoadedModel.newModel(manifest.name());
        SequenceNetwork network = LoadedModel.network(manifest, ids, settings.dropout());
        initialise(network);
        this.crf = recipe.task() == Task.ENTITIES
                ? new CrfNetwork(network, BioTagSet.of(recipe.labels()).size())
                : null;
        Block block = crf == null ? network : crf;
        model.setBlock(block);
        block.initialize(model.getNDManager(), DataType.FLOAT32, BatchArrays.shapes(manifest.architecture()));
        this.tables = new TableTraining(network, recipe.columns());
        tables.start(ids, files, settings.seed());
        this.trainer = new NetworkTrainer(
                model.getNDManager(),
                block,
                tables,
                loss(recipe),
                settings.optimizer().optimizer(plannedSteps()),
                settings.optimizer().clipping());
        this.averages = new AveragedWeights(trainer.parameters(), settings.averaging());
    }

    static TrainingSession open(
            TrainingRecipe recipe,
            ModelManifest manifest,
            List<IdSpace> ids,
            ColumnFiles files,
            EncodedExamples examples) {
        Engine.getInstance().setRandomSeed(Math.toIntExact(recipe.training().seed()));
        return new TrainingSession(recipe, manifest, ids, files, examples);
    }

    /** Glorot and Bengio, 2010, for the matrices, zero for biases; {@link TableTraining} sees to the embeddings. */
    static void initialise(SequenceNetwork network) {
        network.setInitializer(
                new XavierInitializer(XavierInitializer.RandomType.UNIFORM, XavierInitializer.FactorType.AVG, 3),
                parameter -> parameter.getType() == Parameter.Type.WEIGHT);
    }

    private static Loss loss(TrainingRecipe recipe) {
        return recipe.task() == Task.ENTITIES ? new CrfLoss(BioTagSet.of(recipe.labels())) : new SoftCrossEntropyLoss();
    }

    private int plannedSteps() {
        int stepsPerEpoch = (examples.size() + settings.batchSize() - 1) / settings.batchSize();
        return settings.epochs() * stepsPerEpoch;
    }

    /** Returns how many entries of the tables have pretrained vectors, a line each. */
    List<String> coverage() {
        return tables.coverage();
    }

    /** What is done every so many steps. */
    interface Checkpoint {
        void write() throws IOException;
    }

    /**
     * Goes once over the data, or over what is left of it.
     *
     * @param state where the run is; brought to the end of the epoch's steps
     * @param checkpoint called after every {@code training.checkpointSteps} steps of the run
     */
    void runEpoch(RunState state, ProgressListener listener, Checkpoint checkpoint) throws IOException {
        int epoch = state.epoch();
        TrainingBatches batches =
                TrainingBatches.of(examples.sequenceLengths(), settings.batchSize(), draws.ofEpoch(epoch));
        tables.onEpochStart(epoch);
        listener.onEpochStart(epoch, settings.epochs(), batches.size());
        while (state.step() < batches.size()) {
            int step = state.step() + 1;
            Engine.getInstance().setRandomSeed(draws.ofEngine(epoch, step));
            state.onStep(gradientStep(batches.batch(step - 1), draws.ofStep(epoch, step)));
            if (step % STEPS_PER_AVERAGE == 1 || step == batches.size()) {
                trainer.settle();
                averages.update();
            }
            listener.onStep(state.meanLoss());
            if (settings.checkpointSteps() > 0 && trainer.steps() % settings.checkpointSteps() == 0) {
                checkpoint.write();
            }
        }
    }

    private double gradientStep(int[] batch, Random random) {
        List<EncodedExample> dropped = Arrays.stream(batch)
                .mapToObj(examples::get)
                .map(example -> example.withIds(
                        TrainingBatches.dropWords(example.ids(), words, settings.wordDropout(), random)))
                .toList();
        int paddedLength = dropped.stream()
                .mapToInt(example -> example.ids().sequenceLength())
                .max()
                .orElseThrow();
        return trainer.step(dropped, scratch -> targets(scratch, dropped, paddedLength));
    }

    /** Writes everything that a step changes. */
    void write(DataOutputStream out) throws IOException {
        trainer.write(out);
        averages.write(out);
    }

    /** Reads what {@link #write} wrote; the next step then does what it would have done there. */
    void read(DataInputStream in) throws IOException {
        trainer.read(in);
        averages.read(in);
    }

    private NDList targets(NDManager manager, List<EncodedExample> batch, int paddedLength) {
        return crf == null
                ? TargetArrays.ofClasses(manager, batch)
                : TargetArrays.ofTags(
                        manager,
                        batch,
                        paddedLength,
                        BioTagSet.of(manifest.labels()).size());
    }

    /**
     * Writes the averaged weights as the network that serves reads them, and the CRF's transitions.
     *
     * @return names of the files written
     */
    List<String> writeWeights(Path directory, String file) throws IOException {
        List<float[]> values = averages.values();
        int crfParameters = crf == null ? 0 : crf.crfParameters().size();
        try (Model serving = LoadedModel.newModel(manifest.name())) {
            SequenceNetwork network = LoadedModel.network(manifest, ids, DropoutRates.NONE);
            network.initialize(serving.getNDManager(), DataType.FLOAT32, BatchArrays.shapes(manifest.architecture()));
            List<Parameter> parameters = network.getParameters().values();
            // A block lists its own parameters before those of its children.
            AveragedWeights.copyTo(values.subList(crfParameters, values.size()), parameters);
            try (DataOutputStream out =
                    new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(directory.resolve(file))))) {
                network.saveParameters(out);
            }
        }
        if (crf == null) {
            return List.of(file);
        }
        ModelBundle.writeTransitions(
                directory, CrfNetwork.read(BioTagSet.of(manifest.labels()), values.subList(0, crfParameters)));
        return List.of(file, ModelBundle.TRANSITIONS);
    }

    @Override
    public void close() {
        model.close();
    }
}
