package dev.glosstream.explain;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** One step of an LSTM in one direction: what its gates let through and what it remembers then, {@code H} values each. */
public final class LstmStep {

    /** What a step computes, in the order in which it does. */
    public enum Quantity {
        /** The input gate: how much of the candidate enters the cell, 0 to 1. */
        INPUT_GATE("i", "input gate"),
        /** The forget gate: how much of the cell stays, 0 to 1. */
        FORGET_GATE("f", "forget gate"),
        /** The candidate: what could enter the cell, -1 to 1. */
        CANDIDATE("g", "candidate"),
        /** The output gate: how much of the cell shows, 0 to 1. */
        OUTPUT_GATE("o", "output gate"),
        /** The cell state after the step: the memory. */
        CELL("c", "cell state"),
        /** The hidden state after the step: what shows of the memory, -1 to 1. */
        HIDDEN("h", "hidden state");

        private final String symbol;
        private final String title;

        Quantity(String symbol, String title) {
            this.symbol = symbol;
            this.title = title;
        }

        /** Returns the letter that stands for it in equations. */
        public String symbol() {
            return symbol;
        }

        /** Returns what it is called. */
        public String title() {
            return title;
        }
    }

    private final int token;
    private final Map<Quantity, double[]> values = new EnumMap<>(Quantity.class);

    /** Starts a step at the token of that position. */
    LstmStep(int token, int stateSize) {
        this.token = token;
        for (Quantity quantity : Quantity.values()) {
            values.put(quantity, new double[stateSize]);
        }
    }

    /** Returns the position of the token that was read. */
    public int token() {
        return token;
    }

    /** Returns the units, {@code H}. */
    public int stateSize() {
        return valuesOf(Quantity.HIDDEN).length;
    }

    /** Returns one value. */
    public double at(Quantity quantity, int unit) {
        return valuesOf(quantity)[unit];
    }

    /** Returns the mean over the units. */
    public double mean(Quantity quantity) {
        double sum = 0;
        for (double value : valuesOf(quantity)) {
            sum += value;
        }
        return sum / stateSize();
    }

    /** Returns the length of the vector: the square root of the sum of the squares. */
    public double norm(Quantity quantity) {
        double sum = 0;
        for (double value : valuesOf(quantity)) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    /** Returns the values themselves, which the walk fills in. */
    double[] valuesOf(Quantity quantity) {
        return Objects.requireNonNull(values.get(quantity));
    }

    @Override
    public String toString() {
        return "LstmStep[token " + token + ", " + stateSize() + " units]";
    }
}
