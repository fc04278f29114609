package dev.glosstream.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The network: embedding tables, side by side, into an LSTM, into a linear layer.
 *
 * @param columns the token columns, at least one; their vectors are concatenated
 * @param lstm the encoder
 * @param representation what stands for a text where one answer is given for the whole of it
 * @param maxSequenceLength tokens read of a text, 1 to 4,096
 * @param truncation which tokens of a longer text are read
 */
public record Architecture(
        List<TokenColumn> columns,
        LstmSettings lstm,
        Representation representation,
        int maxSequenceLength,
        Truncation truncation) {

    /** What the linear layer reads of a text. */
    public enum Representation {
        /** Maximum and mean of the states over the real tokens, side by side. */
        MAX_MEAN,
        /** The state after the last token, for the backward direction after the first. */
        LAST,
        /** The mean of the states, weighted by learned attention (Yang et al., 2016). */
        ATTENTION
    }

    /** Which tokens of a text longer than {@code maxSequenceLength} are read. */
    public enum Truncation {
        /** The first ones. */
        HEAD,
        /** The last ones. */
        TAIL,
        /** Half of them from the start, half from the end. */
        HEAD_TAIL
    }

    /** Validates the ranges, and that columns that share a table agree on its dimension. */
    public Architecture {
        columns = List.copyOf(columns);
        if (columns.isEmpty() || maxSequenceLength < 1 || maxSequenceLength > 4096) {
            throw new IllegalArgumentException(
                    "architecture: expected at least one column and maxSequenceLength 1 to 4096, got " + columns.size()
                            + " and " + maxSequenceLength);
        }
        Map<String, TokenColumn> byFile = new HashMap<>();
        for (TokenColumn column : columns) {
            TokenColumn first =
                    column.file().map(file -> byFile.putIfAbsent(file, column)).orElse(null);
            if (first != null && (first.dimension() != column.dimension() || first.getClass() != column.getClass())) {
                throw new IllegalArgumentException("architecture: expected columns that share "
                        + column.file().orElse("") + " to be of one kind and dimension, got " + first.describe()
                        + " and " + column.describe());
            }
        }
    }

    /** Returns a network of max+mean pooling that reads the start of a text. */
    public static Architecture of(List<TokenColumn> columns, LstmSettings lstm, int maxSequenceLength) {
        return new Architecture(columns, lstm, Representation.MAX_MEAN, maxSequenceLength, Truncation.HEAD);
    }

    /** Returns this network for texts cut to another number of tokens. */
    public Architecture reading(int tokens) {
        return new Architecture(columns, lstm, representation, tokens, truncation);
    }

    /** Returns this network with other columns. */
    public Architecture with(List<TokenColumn> others) {
        return new Architecture(others, lstm, representation, maxSequenceLength, truncation);
    }
}
