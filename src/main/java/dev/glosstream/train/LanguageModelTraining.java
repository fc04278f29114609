package dev.glosstream.train;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.glosstream.infer.BatchArrays;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.SequenceNetwork;
import dev.glosstream.model.IdSpace;
import dev.glosstream.sequence.TokenIds;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The native side of a pretraining: network, optimiser, gradient steps.
 *
 * <p>As in {@link TrainingSession}, every array of a step lives in a scope that closes with the step; the table of the words
 * that are foretold lies on the heap, and a step holds the rows of its candidates. One thread.
 */
final class LanguageModelTraining implements AutoCloseable {
    /** Texts read at once when they are measured. */
    private static final int MEASURED_TOGETHER = 8;
    /** Numbers in one array of scores: each word is told from the whole vocabulary, so few words are where that is large. */
    private static final int MOST_SCORES = 1 << 25;

    private static final double DEVIATION = 0.05;

    private final Model model;
    private final SequenceNetwork network;
    private final LanguageModelNetwork block;
    private final NetworkTrainer.Objective objective;
    private final NetworkTrainer trainer;
    private final CandidateWords candidates;
    private final List<Integer> wordColumns;
    private final double wordDropout;

    /**
     * Makes the network anew.
     *
     * @param part of the task whose encoder is pretrained
     * @param ids of each column
     * @param files reads pretrained vectors
     * @param counts of each word in the texts
     * @param plannedSteps over which the learning rate falls
     */
    LanguageModelTraining(
            TaskTraining.Part part, List<IdSpace> ids, ColumnFiles files, long[] counts, int plannedSteps) {
        TrainingRecipe recipe = part.recipe();
        PretrainingSettings settings = recipe.pretraining();
        TrainingSettings training = recipe.training();
        Engine.getInstance().setRandomSeed(Math.toIntExact(training.seed()));
        this.wordColumns = recipe.wordColumns();
        this.wordDropout = settings.wordDropout(training);
        this.candidates = new CandidateWords(counts, settings.candidates());
        this.model = LoadedModel.newModel(part.manifest().name());
        this.network = LoadedModel.network(part.manifest(), ids, settings.dropout(training));
        TaskTraining.initialise(network);
        this.block = new LanguageModelNetwork(
                network,
                recipe.architecture().lstm(),
                counts.length,
                settings.dropout(training).output());
        block.initialize(model.getNDManager(), DataType.FLOAT32, BatchArrays.shapes(recipe.architecture()));
        TableTraining tables = new TableTraining(network, recipe.columns());
        tables.start(ids, files, training.seed());
        // Tables that are frozen in the first epoch of the training are frozen here too.
        tables.onEpochStart(1);
        ParameterValues.write(
                block.words().getArray(),
                words(counts, recipe.architecture().lstm().stateSize()));
        this.objective = new NetworkTrainer.Objective(block, new LanguageModelLoss());
        this.trainer = new NetworkTrainer(
                model.getNDManager(),
                List.of(objective),
                tables,
                settings.optimizer().optimizer(plannedSteps),
                settings.optimizer().clipping(),
                List.of(block.words()));
    }

    /** Rows of small values, and for a bias what is right before anything is read: the logarithm of each word's share. */
    private static float[] words(long[] counts, int stateSize) {
        Random random = new Random(counts.length);
        double all = Arrays.stream(counts).sum() + (double) counts.length;
        float[] values = new float[counts.length * (stateSize + 1)];
        for (int word = 0; word < counts.length; word++) {
            int start = word * (stateSize + 1);
            for (int cell = 0; cell < stateSize; cell++) {
                values[start + cell] = (float) (DEVIATION * random.nextGaussian());
            }
            values[start + stateSize] = (float) Math.log((counts[word] + 1) / all);
        }
        return values;
    }

    /**
     * Takes one step.
     *
     * @param batch each with at least one word that is foretold
     * @param random of the words that are dropped, and of the candidates
     * @return loss among the candidates before the step
     */
    double step(List<TokenIds> batch, Random random) {
        List<TokenIds> dropped = batch.stream()
                .map(ids -> TrainingBatches.dropWords(ids, wordColumns, wordDropout, random))
                .toList();
        ForetoldWords foretold = foretold(batch);
        CandidateWords.Candidates told = candidates.draw(foretold.words(), random);
        return trainer.step(objective, input(dropped, told), scratch -> labels(scratch, foretold, told));
    }

    /** Returns the mean loss of all words that are foretold in some texts, each told from the whole vocabulary, in nats. */
    double measure(List<TokenIds> texts) {
        return measure(texts, MOST_SCORES);
    }

    /**
     * Returns the same loss, within rounding, in the room that is given.
     *
     * @param mostScores words at once, times the vocabulary; one word is always measured
     */
    double measure(List<TokenIds> texts, int mostScores) {
        int mostWords = Math.max(1, mostScores / candidates.vocabulary());
        double sum = 0;
        long words = 0;
        for (int start = 0; start < texts.size(); start += MEASURED_TOGETHER) {
            List<TokenIds> batch = texts.subList(start, Math.min(texts.size(), start + MEASURED_TOGETHER));
            for (ForetoldWords foretold : foretold(batch).parts(mostWords)) {
                CandidateWords.Candidates told = candidates.all(foretold.words());
                sum += foretold.size()
                        * trainer.measure(objective, input(batch, told), scratch -> labels(scratch, foretold, told));
                words += foretold.size();
            }
        }
        return sum / words;
    }

    private ForetoldWords foretold(List<TokenIds> batch) {
        return ForetoldWords.of(batch, wordColumns.get(0), block.isBidirectional());
    }

    private NetworkTrainer.Input input(List<TokenIds> texts, CandidateWords.Candidates told) {
        return new NetworkTrainer.Input(texts, Map.of(block.words(), told.words()));
    }

    private static NDList labels(NDManager manager, ForetoldWords foretold, CandidateWords.Candidates told) {
        return new NDList(
                manager.create(told.corrections(), new Shape(told.corrections().length, 1)),
                manager.create(foretold.cells()),
                manager.create(told.targets(), new Shape(told.targets().length, 1)));
    }

    /** Writes everything that a step changes. */
    void write(DataOutputStream out) throws IOException {
        trainer.write(out);
    }

    /** Reads what {@link #write} wrote. */
    void read(DataInputStream in) throws IOException {
        trainer.read(in);
    }

    /** Returns the encoder as it is now; what foretold words is left behind. */
    EncoderWeights encoder() {
        trainer.settle();
        return EncoderWeights.of(network, trainer.parameters());
    }

    /** Returns the number of steps taken. */
    int steps() {
        return trainer.steps();
    }

    @Override
    public void close() {
        model.close();
    }
}
