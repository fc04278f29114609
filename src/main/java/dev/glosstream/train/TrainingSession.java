package dev.glosstream.train;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.nn.Parameter;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.model.IdSpace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * The native side of a training run: networks, optimiser, gradient steps.
 *
 * <p>Several tasks have one encoder: each step is one task's, and moves the encoder and the head of that task. Every array of
 * a step lives in a scope that closes with the step, so resident memory is the same after each epoch. One thread.
 */
final class TrainingSession implements AutoCloseable {
    private static final int STEPS_PER_AVERAGE = 10;

    private final TrainingSettings settings;
    private final List<IdSpace> ids;
    private final TableTraining tables;
    private final Model model;
    private final List<TaskTraining> tasks = new ArrayList<>();
    private final NetworkTrainer trainer;
    private final AveragedWeights averages;
    private final RandomDraws draws;

    private TrainingSession(
            List<TaskTraining.Part> parts, List<IdSpace> ids, ColumnFiles files, Optional<EncoderWeights> pretrained) {
        TaskTraining.Part first = parts.get(0);
        this.settings = first.recipe().training();
        this.ids = List.copyOf(ids);
        this.draws = new RandomDraws(settings.seed());
        this.model = LoadedModel.newModel(first.manifest().name());
        for (TaskTraining.Part part : parts) {
            tasks.add(
                    tasks.isEmpty()
                            ? TaskTraining.of(part, ids, model.getNDManager())
                            : tasks.get(0).beside(part, model.getNDManager()));
        }
        this.tables = new TableTraining(tasks.get(0).network(), first.recipe().columns());
        tables.start(ids, files, settings.seed());
        pretrained.ifPresent(weights -> weights.copyTo(tasks.get(0).network()));
        this.trainer = new NetworkTrainer(
                model.getNDManager(),
                tasks.stream().map(TaskTraining::objective).toList(),
                tables,
                settings.optimizer().optimizer(plannedSteps()),
                settings.optimizer().clipping());
        List<Parameter> encoder = tasks.get(0).network().encoderParameters();
        trainer.parameters().stream()
                .filter(each -> encoder.contains(each.parameter()))
                .forEach(each -> each.learnAt(settings.encoder().rate()));
        this.averages = new AveragedWeights(trainer.parameters(), settings.averaging());
    }

    /**
     * Opens a session.
     *
     * @param parts tasks of the same columns, network and settings of the whole run
     * @param pretrained what the encoder starts from, if not from random values
     */
    static TrainingSession open(
            List<TaskTraining.Part> parts, List<IdSpace> ids, ColumnFiles files, Optional<EncoderWeights> pretrained) {
        Engine.getInstance()
                .setRandomSeed(Math.toIntExact(parts.get(0).recipe().training().seed()));
        return new TrainingSession(parts, ids, files, pretrained);
    }

    private int plannedSteps() {
        return settings.epochs() * tasks.stream().mapToInt(TaskTraining::steps).sum();
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
        Random random = draws.ofEpoch(epoch);
        EpochBatches batches =
                EpochBatches.of(tasks.stream().map(task -> task.batches(random)).toList(), random);
        tables.onEpochStart(epoch, settings.encoder().frozenEpochs());
        listener.onEpochStart(epoch, settings.epochs(), batches.size());
        while (state.step() < batches.size()) {
            int step = state.step() + 1;
            Engine.getInstance().setRandomSeed(draws.ofEngine(epoch, step));
            TaskTraining task = tasks.get(batches.task(step - 1));
            state.onStep(task.step(trainer, batches.batch(step - 1), draws.ofStep(epoch, step)));
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

    /**
     * Writes the averaged weights of a task as the network that serves reads them, and the CRF's transitions.
     *
     * @param task its place among the parts
     * @param directory holds the files of the columns
     */
    TaskTraining.Written writeWeights(int task, Path directory, String file) throws IOException {
        Map<Parameter, float[]> values = new HashMap<>();
        for (int index = 0; index < trainer.parameters().size(); index++) {
            values.put(
                    trainer.parameters().get(index).parameter(),
                    averages.values().get(index));
        }
        return tasks.get(task).writeWeights(values, ids, directory, file);
    }

    @Override
    public void close() {
        model.close();
    }
}
