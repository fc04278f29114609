package dev.glosstream.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How far a run has come, and what was measured on the way. One thread. */
final class RunState {
    private int epoch = 1;
    private int step;
    private double lossSum;
    private double bestScore = Double.NEGATIVE_INFINITY;
    private int bestEpoch;
    private final List<Epoch> history = new ArrayList<>();

    /**
     * What was measured of an epoch.
     *
     * @param number counted from 1
     * @param loss mean loss per step
     * @param score dev score
     */
    record Epoch(int number, double loss, double score) {}

    /** Returns the epoch that is run now, counted from 1. */
    int epoch() {
        return epoch;
    }

    /** Returns the steps taken in this epoch. */
    int step() {
        return step;
    }

    /** Returns the mean loss of the steps taken in this epoch. */
    double meanLoss() {
        return lossSum / step;
    }

    /** Returns what was measured of the epochs that are over. */
    List<Epoch> history() {
        return List.copyOf(history);
    }

    /** Notes a step. */
    void onStep(double loss) {
        step++;
        lossSum += loss;
    }

    /** Returns whether a score is better than every one before. */
    boolean isBest(double score) {
        return score > bestScore;
    }

    /** Ends the epoch. */
    void onEpochEnd(double score) {
        history.add(new Epoch(epoch, meanLoss(), score));
        if (isBest(score)) {
            bestScore = score;
            bestEpoch = epoch;
        }
        epoch++;
        step = 0;
        lossSum = 0;
    }

    /** Returns whether there is nothing left to do: all epochs are over, or too many without a better score. */
    boolean isOver(int epochs, int patience) {
        return epoch > epochs || (epoch > 1 && epoch - 1 - bestEpoch >= patience);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(epoch);
        out.writeInt(step);
        out.writeDouble(lossSum);
        out.writeDouble(bestScore);
        out.writeInt(bestEpoch);
        out.writeInt(history.size());
        for (Epoch past : history) {
            out.writeDouble(past.loss);
            out.writeDouble(past.score);
        }
    }

    void read(DataInputStream in) throws IOException {
        epoch = in.readInt();
        step = in.readInt();
        lossSum = in.readDouble();
        bestScore = in.readDouble();
        bestEpoch = in.readInt();
        history.clear();
        int past = in.readInt();
        for (int number = 1; number <= past; number++) {
            history.add(new Epoch(number, in.readDouble(), in.readDouble()));
        }
    }
}
