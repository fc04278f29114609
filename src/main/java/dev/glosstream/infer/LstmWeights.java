package dev.glosstream.infer;

import java.util.Optional;

/**
 * The weights of one LSTM layer in one direction, as plain numbers. Within the rows the gates stand in the order input,
 * forget, candidate, output, {@code H} rows each.
 *
 * @param input what multiplies the token's vector, {@code [4H, D]}
 * @param state what multiplies the hidden state, {@code [4H, H]}
 * @param inputBias added to the first product, {@code [1, 4H]}
 * @param stateBias added to the second product, {@code [1, 4H]}
 * @param initialHidden hidden state before the first token, {@code [1, H]}; empty for zeros
 * @param initialCell cell state before the first token, {@code [1, H]}; empty for zeros
 */
public record LstmWeights(
        FloatMatrix input,
        FloatMatrix state,
        FloatMatrix inputBias,
        FloatMatrix stateBias,
        Optional<FloatMatrix> initialHidden,
        Optional<FloatMatrix> initialCell) {

    /** Validates the shapes. */
    public LstmWeights {
        int gates = 4 * state.columns();
        if (state.rows() != gates
                || input.rows() != gates
                || inputBias.columns() != gates
                || stateBias.columns() != gates) {
            throw new IllegalArgumentException(
                    "LSTM weights: expected " + gates + " rows and biases, got " + input + ", " + state);
        }
    }

    /** Returns the units of the state, {@code H}. */
    public int stateSize() {
        return state.columns();
    }
}
