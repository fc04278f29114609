package dev.glosstream.train;

import dev.glosstream.train.evaluate.Report;
import java.util.List;

/** Hears how training goes. Called on the training thread. */
public interface ProgressListener {
    /** Something worth knowing before the first epoch, a line. */
    default void onNote(String note) {}

    /** An epoch of the pretraining starts. */
    default void onPretrainingEpochStart(int epoch, int epochs, int steps) {}

    /**
     * An epoch of the pretraining is over.
     *
     * @param meanLoss mean loss of its steps, among candidates
     * @param heldOutLoss loss per word of the texts held out, among all words, in nats
     */
    default void onPretrainingEpochEnd(int epoch, double meanLoss, double heldOutLoss) {}

    /** An epoch starts. */
    void onEpochStart(int epoch, int epochs, int steps);

    /**
     * A step is done.
     *
     * @param meanLoss mean loss of the epoch so far
     */
    void onStep(double meanLoss);

    /**
     * An epoch is over and was measured on the dev data.
     *
     * @param dev of each task, in their order
     * @param kept whether it is the best so far
     */
    void onEpochEnd(int epoch, double meanLoss, List<Report> dev, boolean kept);
}
