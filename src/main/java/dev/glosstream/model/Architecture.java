package dev.glosstream.model;

import java.util.List;

/**
 * The network: embedding tables, side by side, into a forward and a backward LSTM, into a linear layer.
 *
 * @param columns the token columns, at least one; their vectors are concatenated
 * @param stateSize units of each direction of the LSTM, at least 1
 * @param layers stacked LSTM layers, at least 1
 * @param maxSequenceLength tokens read of a text, at least 1; what follows is left out
 */
public record Architecture(List<TokenColumn> columns, int stateSize, int layers, int maxSequenceLength) {

    /** Validates the ranges. */
    public Architecture {
        columns = List.copyOf(columns);
        if (columns.isEmpty() || stateSize < 1 || layers < 1 || maxSequenceLength < 1) {
            throw new IllegalArgumentException(
                    "architecture: expected at least one column, stateSize, layers and maxSequenceLength at least 1, got "
                            + columns.size() + ", " + stateSize + ", " + layers + ", " + maxSequenceLength);
        }
    }
}
