package dev.glosstream.explain;

import dev.glosstream.infer.FloatMatrix;
import dev.glosstream.infer.NetworkInspector;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.LstmSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A bundle's network from the tokens' vectors to the scores, in plain Java and double precision, with the weights of the
 * bundle: what the engine computes, for one text, to be looked at. Holds no native memory.
 */
final class PlainNetwork {
    /** What DJL's layer normalisation adds to the variance. */
    private static final double NORM_EPSILON = 1e-5;

    private final Architecture architecture;
    private final NetworkInspector weights;

    /** Creates the network of an open model. */
    PlainNetwork(Architecture architecture, NetworkInspector weights) {
        this.architecture = architecture;
        this.weights = weights;
    }

    /** Reads vectors {@code [T][D]} layer by layer, the one nearest to the tokens first. */
    List<LayerWalk> read(double[][] vectors) {
        List<LayerWalk> layers = new ArrayList<>();
        double[][] sequence = vectors;
        for (int layer = 0; layer < architecture.lstm().layers(); layer++) {
            boolean both = architecture.lstm().directions() == LstmSettings.Directions.BOTH;
            List<LstmStep> forward = new LstmWalk(weights.lstm(layer, false)).read(sequence, false);
            List<LstmStep> backward = both ? new LstmWalk(weights.lstm(layer, true)).read(sequence, true) : List.of();
            LayerWalk walk = new LayerWalk(forward, backward);
            layers.add(walk);
            sequence = normalised(layer, walk.states());
        }
        return layers;
    }

    /** Returns what the layers give for each token, {@code [T][S]}. */
    double[][] states(List<LayerWalk> layers) {
        return normalised(layers.size() - 1, layers.get(layers.size() - 1).states());
    }

    private double[][] normalised(int layer, double[][] states) {
        return weights.layerNorm(layer).map(norm -> normalised(norm, states)).orElse(states);
    }

    private static double[][] normalised(FloatMatrix norm, double[][] states) {
        double[][] normalised = new double[states.length][];
        for (int token = 0; token < states.length; token++) {
            double[] state = states[token];
            double mean = 0;
            for (double value : state) {
                mean += value / state.length;
            }
            double variance = 0;
            for (double value : state) {
                variance += (value - mean) * (value - mean) / state.length;
            }
            normalised[token] = new double[state.length];
            for (int index = 0; index < state.length; index++) {
                double scaled = (state[index] - mean) / Math.sqrt(variance + NORM_EPSILON);
                normalised[token][index] = norm.at(0, index) * scaled + norm.at(1, index);
            }
        }
        return normalised;
    }

    /** Returns what stands for the text, {@code [R]}, of states {@code [T][S]}. */
    double[] representation(double[][] states) {
        return switch (architecture.representation()) {
            case MAX_MEAN -> maxMean(states);
            case LAST -> last(states);
            case ATTENTION -> weighted(states, attention(states));
        };
    }

    private static double[] maxMean(double[][] states) {
        int size = states[0].length;
        double[] both = new double[2 * size];
        for (int index = 0; index < size; index++) {
            both[index] = states[holder(states, index)][index];
            for (double[] state : states) {
                both[size + index] += state[index] / states.length;
            }
        }
        return both;
    }

    /** Returns the position of the token whose state is the largest in one unit; the first of equal ones. */
    static int holder(double[][] states, int index) {
        int best = 0;
        for (int token = 1; token < states.length; token++) {
            if (states[token][index] > states[best][index]) {
                best = token;
            }
        }
        return best;
    }

    private double[] last(double[][] states) {
        int forward = architecture.lstm().stateSize();
        double[] last = states[states.length - 1].clone();
        System.arraycopy(states[0], forward, last, forward, last.length - forward);
        return last;
    }

    /** Returns the weight of each token, {@code [T]}, together 1. */
    double[] attention(double[][] states) {
        FloatMatrix hidden = weights.attentionWeights().orElseThrow();
        FloatMatrix bias = weights.attentionBias().orElseThrow();
        FloatMatrix score = weights.attentionScore().orElseThrow();
        double[] scores = new double[states.length];
        for (int token = 0; token < states.length; token++) {
            double[] activations = linear(hidden, bias, states[token]);
            for (int index = 0; index < activations.length; index++) {
                scores[token] += score.at(0, index) * Math.tanh(activations[index]);
            }
        }
        return softmax(scores);
    }

    private static double[] softmax(double[] scores) {
        double largest = Arrays.stream(scores).max().orElseThrow();
        double[] shares = new double[scores.length];
        double sum = 0;
        for (int index = 0; index < scores.length; index++) {
            shares[index] = Math.exp(scores[index] - largest);
            sum += shares[index];
        }
        for (int index = 0; index < scores.length; index++) {
            shares[index] /= sum;
        }
        return shares;
    }

    private static double[] weighted(double[][] states, double[] shares) {
        double[] mean = new double[states[0].length];
        for (int token = 0; token < states.length; token++) {
            for (int index = 0; index < mean.length; index++) {
                mean[index] += shares[token] * states[token][index];
            }
        }
        return mean;
    }

    /** Returns the scores of features {@code [R]}, {@code [K]}. */
    double[] scores(double[] features) {
        return linear(weights.outputWeights(), weights.outputBias(), features);
    }

    private static double[] linear(FloatMatrix matrix, FloatMatrix bias, double[] values) {
        double[] sums = new double[matrix.rows()];
        for (int row = 0; row < sums.length; row++) {
            sums[row] = bias.at(0, row);
            for (int index = 0; index < values.length; index++) {
                sums[row] += matrix.at(row, index) * values[index];
            }
        }
        return sums;
    }
}
