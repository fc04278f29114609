package dev.glosstream.model;

/**
 * The LSTM of a network.
 *
 * @param stateSize units of each direction, {@code H}, 1 to 1,024
 * @param layers stacked layers, 1 to 8
 * @param directions which ways a text is read
 * @param layerNorm whether the states of each layer are normalised over their units (Ba et al., 2016)
 * @param initialState what hidden and cell state are before the first token
 */
public record LstmSettings(
        int stateSize, int layers, Directions directions, boolean layerNorm, InitialState initialState) {

    /** Which ways a text is read. */
    public enum Directions {
        /** Forwards and backwards; the states stand side by side. */
        BOTH,
        /** Forwards only. */
        FORWARD
    }

    /** Hidden and cell state before the first token. */
    public enum InitialState {
        /** Zero. */
        ZERO,
        /** Parameters, learned as all others. */
        LEARNED
    }

    /** Validates the ranges. */
    public LstmSettings {
        if (stateSize < 1 || stateSize > 1024 || layers < 1 || layers > 8) {
            throw new IllegalArgumentException(
                    "lstm: expected stateSize 1 to 1024 and layers 1 to 8, got " + stateSize + " and " + layers);
        }
    }

    /** Returns a bidirectional LSTM without layer normalisation that starts from zero. */
    public static LstmSettings bidirectional(int stateSize, int layers) {
        return new LstmSettings(stateSize, layers, Directions.BOTH, false, InitialState.ZERO);
    }

    /** Returns the values per token that the LSTM gives: {@code 2H}, or {@code H} for one direction. */
    public int outputSize() {
        return directions == Directions.BOTH ? 2 * stateSize : stateSize;
    }
}
