package dev.glosstream.explain;

import dev.glosstream.explain.LstmStep.Quantity;
import dev.glosstream.infer.FloatMatrix;
import dev.glosstream.infer.LstmWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One LSTM layer in one direction in plain Java, written from its equations, one step at a time, in double precision: slow,
 * and every number on the way can be looked at.
 *
 * <p>With the token's vector {@code x}, the hidden state {@code h} and the cell {@code c} of the step before, {@code σ} the
 * logistic function: {@code i = σ(Wi x + bi + Ui h + ci)}, {@code f = σ(Wf x + bf + Uf h + cf)}, {@code g = tanh(Wg x + bg +
 * Ug h + cg)}, {@code o = σ(Wo x + bo + Uo h + co)}, {@code c' = f c + i g}, {@code h' = o tanh(c')}.
 *
 * @see <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997</a>
 */
final class LstmWalk {
    private final LstmWeights weights;

    LstmWalk(LstmWeights weights) {
        this.weights = weights;
    }

    /**
     * Reads a sequence {@code [T][D]}.
     *
     * @param backward whether from its last token to its first
     * @return one step per token, in the order in which they were read
     */
    List<LstmStep> read(double[][] sequence, boolean backward) {
        List<LstmStep> steps = new ArrayList<>(sequence.length);
        double[] hidden = initial(weights.initialHidden());
        double[] cell = initial(weights.initialCell());
        for (int count = 0; count < sequence.length; count++) {
            int token = backward ? sequence.length - 1 - count : count;
            LstmStep step = step(token, sequence[token], hidden, cell);
            hidden = step.valuesOf(Quantity.HIDDEN);
            cell = step.valuesOf(Quantity.CELL);
            steps.add(step);
        }
        return steps;
    }

    private double[] initial(Optional<FloatMatrix> learned) {
        return learned.map(state -> state.toDoubles()[0]).orElseGet(() -> new double[weights.stateSize()]);
    }

    private LstmStep step(int token, double[] vector, double[] hidden, double[] cell) {
        LstmStep step = new LstmStep(token, weights.stateSize());
        for (int unit = 0; unit < weights.stateSize(); unit++) {
            double input = sigmoid(sum(0, unit, vector, hidden));
            double forget = sigmoid(sum(1, unit, vector, hidden));
            double candidate = Math.tanh(sum(2, unit, vector, hidden));
            double output = sigmoid(sum(3, unit, vector, hidden));
            double kept = forget * cell[unit] + input * candidate;
            step.valuesOf(Quantity.INPUT_GATE)[unit] = input;
            step.valuesOf(Quantity.FORGET_GATE)[unit] = forget;
            step.valuesOf(Quantity.CANDIDATE)[unit] = candidate;
            step.valuesOf(Quantity.OUTPUT_GATE)[unit] = output;
            step.valuesOf(Quantity.CELL)[unit] = kept;
            step.valuesOf(Quantity.HIDDEN)[unit] = output * Math.tanh(kept);
        }
        return step;
    }

    /** What goes into one gate of one unit, before the gate's own function. */
    private double sum(int gate, int unit, double[] vector, double[] hidden) {
        int row = gate * weights.stateSize() + unit;
        double sum = weights.inputBias().at(0, row) + weights.stateBias().at(0, row);
        for (int index = 0; index < vector.length; index++) {
            sum += weights.input().at(row, index) * vector[index];
        }
        for (int index = 0; index < hidden.length; index++) {
            sum += weights.state().at(row, index) * hidden[index];
        }
        return sum;
    }

    private static double sigmoid(double value) {
        return 1 / (1 + Math.exp(-value));
    }
}
