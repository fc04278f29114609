package dev.glosstream.train;

import dev.glosstream.infer.DropoutRates;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a network is trained.
 *
 * @param epochs most passes over the data, at least 1
 * @param patience epochs without a better dev score before training stops, at least 1
 * @param batchSize sequences per step, at least 1
 * @param optimizer how weights move
 * @param targets what is learned
 * @param dropout rates before, within and after the LSTM
 * @param wordDropout share of tokens whose word becomes unknown, 0 to below 1
 * @param averaging share of the old average kept at each averaging of the weights, 0 (none) to below 1
 * @param caseCopies share of texts also read in lower case; a third as many in upper case; 0 to 1
 * @param mentionCopies share of sentences with entities also read with other names in their place, 0 to 1
 * @param maxSequenceLength tokens read of a training text, at least 1
 * @param encoder how the encoder learns beside the head
 * @param checkpointSteps steps between checkpoints, 0 for one after each epoch alone
 * @param seed of every random choice
 */
public record TrainingSettings(
        int epochs,
        int patience,
        int batchSize,
        OptimizerSettings optimizer,
        TargetSettings targets,
        DropoutRates dropout,
        double wordDropout,
        double averaging,
        double caseCopies,
        double mentionCopies,
        int maxSequenceLength,
        EncoderLearning encoder,
        int checkpointSteps,
        long seed) {

    /**
     * How embedding tables and LSTM learn beside the head, when they know something already.
     *
     * @param frozenEpochs epochs at the start in which they do not change, at least 0
     * @param rate by which their learning rate is multiplied, above 0
     */
    public record EncoderLearning(int frozenEpochs, double rate) {}

    /** Validates the ranges. */
    public TrainingSettings {
        require(epochs >= 1, "epochs", "at least 1", epochs);
        require(patience >= 1, "patience", "at least 1", patience);
        require(batchSize >= 1, "batchSize", "at least 1", batchSize);
        require(wordDropout >= 0 && wordDropout < 1, "wordDropout", "0 to below 1", wordDropout);
        require(averaging >= 0 && averaging < 1, "averaging", "0 to below 1", averaging);
        require(caseCopies >= 0 && caseCopies <= 1, "caseCopies", "0 to 1", caseCopies);
        require(mentionCopies >= 0 && mentionCopies <= 1, "mentionCopies", "0 to 1", mentionCopies);
        require(maxSequenceLength >= 1, "maxSequenceLength", "at least 1", maxSequenceLength);
        require(checkpointSteps >= 0, "checkpointSteps", "at least 0", checkpointSteps);
    }

    static void require(boolean holds, String name, String rule, Number value) {
        if (!holds) {
            throw new IllegalArgumentException("training." + name + ": expected " + rule + ", got " + value);
        }
    }

    /** Returns these settings of one task's examples, with those of a run of several tasks for all else. */
    TrainingSettings within(TrainingSettings run) {
        return new TrainingSettings(
                run.epochs,
                run.patience,
                batchSize,
                run.optimizer,
                targets,
                run.dropout,
                run.wordDropout,
                run.averaging,
                caseCopies,
                mentionCopies,
                run.maxSequenceLength,
                run.encoder,
                run.checkpointSteps,
                run.seed);
    }

    /** Returns the settings as they are written into a manifest. */
    public Map<String, String> asText() {
        Map<String, String> text = new TreeMap<>(optimizer.asText());
        text.putAll(targets.asText());
        text.put("epochs", String.valueOf(epochs));
        text.put("patience", String.valueOf(patience));
        text.put("batchSize", String.valueOf(batchSize));
        text.put("embeddingDropout", String.valueOf(dropout.embedding()));
        text.put("layerDropout", String.valueOf(dropout.betweenLayers()));
        text.put("outputDropout", String.valueOf(dropout.output()));
        text.put("wordDropout", String.valueOf(wordDropout));
        text.put("averaging", String.valueOf(averaging));
        text.put("caseCopies", String.valueOf(caseCopies));
        text.put("mentionCopies", String.valueOf(mentionCopies));
        text.put("encoderFrozenEpochs", String.valueOf(encoder.frozenEpochs()));
        text.put("encoderLearningRateFactor", String.valueOf(encoder.rate()));
        text.put("maxSequenceLength", String.valueOf(maxSequenceLength));
        return text;
    }
}
