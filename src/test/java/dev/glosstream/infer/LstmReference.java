package dev.glosstream.infer;

/**
 * A long short-term memory layer in plain Java, written from its equations, one step at a time: slow, and easy to check.
 *
 * <p>Gate order within the weights, as in PyTorch: input, forget, cell, output.
 */
final class LstmReference {
    private final float[][] inputWeights;
    private final float[][] stateWeights;
    private final float[] inputBias;
    private final float[] stateBias;

    /**
     * Creates a layer.
     *
     * @param inputWeights {@code [4H][D]}
     * @param stateWeights {@code [4H][H]}
     * @param inputBias {@code [4H]}
     * @param stateBias {@code [4H]}
     */
    LstmReference(float[][] inputWeights, float[][] stateWeights, float[] inputBias, float[] stateBias) {
        this.inputWeights = inputWeights;
        this.stateWeights = stateWeights;
        this.inputBias = inputBias;
        this.stateBias = stateBias;
    }

    /** Reads a sequence {@code [T][D]} and returns its hidden states {@code [T][H]}. */
    double[][] run(double[][] sequence) {
        int size = inputBias.length / 4;
        return run(sequence, new double[size], new double[size]);
    }

    /** Reads a sequence from a hidden and a cell state {@code [H]}; they are not changed. */
    double[][] run(double[][] sequence, double[] initialHidden, double[] initialCell) {
        int size = inputBias.length / 4;
        double[] hidden = initialHidden;
        double[] cell = initialCell.clone();
        double[][] states = new double[sequence.length][];
        for (int step = 0; step < sequence.length; step++) {
            double[] gates = gates(sequence[step], hidden);
            hidden = new double[size];
            for (int unit = 0; unit < size; unit++) {
                double input = sigmoid(gates[unit]);
                double forget = sigmoid(gates[size + unit]);
                double candidate = Math.tanh(gates[2 * size + unit]);
                double output = sigmoid(gates[3 * size + unit]);
                cell[unit] = forget * cell[unit] + input * candidate;
                hidden[unit] = output * Math.tanh(cell[unit]);
            }
            states[step] = hidden;
        }
        return states;
    }

    /** Returns rows in the opposite order. */
    static double[][] reversed(double[][] rows) {
        double[][] reversed = new double[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            reversed[row] = rows[rows.length - 1 - row];
        }
        return reversed;
    }

    private double[] gates(double[] input, double[] hidden) {
        double[] gates = new double[inputBias.length];
        for (int gate = 0; gate < gates.length; gate++) {
            gates[gate] = inputBias[gate]
                    + stateBias[gate]
                    + dot(inputWeights[gate], input)
                    + dot(stateWeights[gate], hidden);
        }
        return gates;
    }

    private static double dot(float[] weights, double[] values) {
        double sum = 0;
        for (int index = 0; index < weights.length; index++) {
            sum += weights[index] * values[index];
        }
        return sum;
    }

    private static double sigmoid(double value) {
        return 1 / (1 + Math.exp(-value));
    }
}
