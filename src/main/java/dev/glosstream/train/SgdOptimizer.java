package dev.glosstream.train;

/**
 * Stochastic gradient descent with momentum: each value moves by a fading sum of its gradients.
 *
 * <p>Rows that a batch does not look up roll on with what is left of their velocity; that is made up for when the row is
 * next looked up, with the learning rate of the first step it missed.
 *
 * @see <a href="https://doi.org/10.1016/0041-5553(64)90137-5">Polyak, "Some methods of speeding up the convergence of
 *     iteration methods", 1964</a>
 */
final class SgdOptimizer implements WeightOptimizer {
    private final LearningRate learningRate;
    private final double momentum;
    private final float weightDecay;

    /**
     * Creates an optimiser.
     *
     * @param momentum share of the velocity that a step keeps, 0 to below 1
     * @param weightDecay share of each value that is added to its gradient, of the rows that are looked up; at least 0
     */
    SgdOptimizer(LearningRate learningRate, double momentum, double weightDecay) {
        this.learningRate = learningRate;
        this.momentum = momentum;
        this.weightDecay = (float) weightDecay;
    }

    @Override
    public void settle(HeapParameter parameter, int row, int step) {
        int settled = parameter.settled()[row];
        int touched = parameter.touched()[row];
        if (step <= settled) {
            return;
        }
        parameter.settled()[row] = step;
        if (touched == 0 || momentum == 0) {
            return;
        }
        double series = Math.pow(momentum, settled - touched + 1.0)
                * (1 - Math.pow(momentum, (double) step - settled))
                / (1 - momentum);
        float distance = parameter.rate() * (float) (learningRate.at(touched + 1) * series);
        float[] values = parameter.values();
        float[] velocities = parameter.first();
        int to = (row + 1) * parameter.width();
        for (int cell = row * parameter.width(); distance > 0 && cell < to; cell++) {
            values[cell] -= distance * velocities[cell];
        }
    }

    @Override
    public void update(HeapParameter parameter, int[] rows, float[] gradient, int step) {
        int width = parameter.width();
        float rate = parameter.rate() * learningRate.at(step);
        float[] values = parameter.values();
        float[] velocities = parameter.first();
        for (int index = 0; index < rows.length; index++) {
            int row = rows[index];
            float kept = (float) Math.pow(momentum, (double) step - parameter.touched()[row]);
            int from = row * width;
            for (int cell = 0; cell < width; cell++) {
                float slope = gradient[index * width + cell] + weightDecay * values[from + cell];
                velocities[from + cell] = kept * velocities[from + cell] + slope;
                values[from + cell] -= rate * velocities[from + cell];
            }
            parameter.settled()[row] = step;
            parameter.touched()[row] = step;
        }
    }
}
