package dev.glosstream.explain;

import java.util.List;

/**
 * One LSTM layer's way through a text.
 *
 * @param forward one step per token, from the first to the last
 * @param backward one step per token, from the last to the first; empty if the layer reads one way only
 */
public record LayerWalk(List<LstmStep> forward, List<LstmStep> backward) {
    /** Copies the steps. */
    public LayerWalk {
        forward = List.copyOf(forward);
        backward = List.copyOf(backward);
    }

    /** Returns the hidden states of both directions side by side, in the order of the text, {@code [T][S]}. */
    double[][] states() {
        int tokens = forward.size();
        double[][] states = new double[tokens][];
        for (int token = 0; token < tokens; token++) {
            double[] ahead = forward.get(token).valuesOf(LstmStep.Quantity.HIDDEN);
            double[] behind = backward.isEmpty()
                    ? new double[0]
                    : backward.get(tokens - 1 - token).valuesOf(LstmStep.Quantity.HIDDEN);
            states[token] = new double[ahead.length + behind.length];
            System.arraycopy(ahead, 0, states[token], 0, ahead.length);
            System.arraycopy(behind, 0, states[token], ahead.length, behind.length);
        }
        return states;
    }
}
