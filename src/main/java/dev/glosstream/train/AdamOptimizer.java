package dev.glosstream.train;

/**
 * Adam: each value moves by the mean of its gradients over the root of the mean of their squares, both fading.
 *
 * <p>Rows that a batch does not look up are moved as Adam moves them, by what is left of their mean: a geometric series,
 * summed when the row is next looked up, with the learning rate of its first member.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2014</a>
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2017</a>
 */
final class AdamOptimizer implements WeightOptimizer {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-8f;
    /** What a step without gradient leaves of the move of the step before. */
    private static final double RATIO = BETA1 / Math.sqrt(BETA2);
    /** Steps after which what is left of a mean moves nothing: less than 1e-13 of it. */
    private static final int FADED = 300;

    private final LearningRate learningRate;
    private final float weightDecay;
    private final boolean decoupled;

    /**
     * Creates an optimiser.
     *
     * @param weightDecay share of each value that is taken away per unit of learning rate (decoupled), or that is added to
     *     its gradient, of the rows that are looked up (not decoupled); at least 0
     * @param decoupled whether it is AdamW
     */
    AdamOptimizer(LearningRate learningRate, double weightDecay, boolean decoupled) {
        this.learningRate = learningRate;
        this.weightDecay = (float) weightDecay;
        this.decoupled = decoupled;
    }

    @Override
    public void settle(HeapParameter parameter, int row, int step) {
        int settled = parameter.settled()[row];
        if (step <= settled) {
            return;
        }
        parameter.settled()[row] = step;
        int from = row * parameter.width();
        int to = from + parameter.width();
        if (decoupled && weightDecay > 0) {
            float kept = (float) Math.pow(
                    1 - learningRate.at(settled + 1) * parameter.rate() * weightDecay, (double) step - settled);
            scale(parameter.values(), from, to, kept);
        }
        int touched = parameter.touched()[row];
        if (touched > 0 && settled - touched < FADED) {
            double series = Math.pow(RATIO, settled - touched + 1.0)
                    * (1 - Math.pow(RATIO, (double) step - settled))
                    / (1 - RATIO);
            move(parameter, from, to, parameter.rate() * (float) (stepSize(touched + 1) * series));
        }
    }

    private static void move(HeapParameter parameter, int from, int to, float size) {
        float[] values = parameter.values();
        float[] means = parameter.first();
        float[] variances = parameter.second();
        for (int cell = from; cell < to; cell++) {
            values[cell] -= size * means[cell] / ((float) Math.sqrt(variances[cell]) + EPSILON);
        }
    }

    private static void scale(float[] cells, int from, int to, float factor) {
        for (int cell = from; cell < to; cell++) {
            cells[cell] *= factor;
        }
    }

    /** The learning rate with the correction for memories that start at zero. */
    private double stepSize(int step) {
        return learningRate.at(step) * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
    }

    @Override
    public void update(HeapParameter parameter, int[] rows, float[] gradient, int step) {
        int width = parameter.width();
        float size = parameter.rate() * (float) stepSize(step);
        float kept = decoupled ? 1 - learningRate.at(step) * parameter.rate() * weightDecay : 1;
        for (int index = 0; index < rows.length; index++) {
            int from = rows[index] * width;
            if (weightDecay > 0 && !decoupled) {
                addDecay(parameter.values(), from, gradient, index * width, width);
            }
            remember(parameter, rows[index], gradient, index * width, step);
            if (kept < 1) {
                scale(parameter.values(), from, from + width, kept);
            }
            move(parameter, from, from + width, size);
            parameter.settled()[rows[index]] = step;
            parameter.touched()[rows[index]] = step;
        }
    }

    private void addDecay(float[] values, int from, float[] gradient, int at, int width) {
        for (int cell = 0; cell < width; cell++) {
            gradient[at + cell] += weightDecay * values[from + cell];
        }
    }

    private static void remember(HeapParameter parameter, int row, float[] gradient, int at, int step) {
        float[] means = parameter.first();
        float[] variances = parameter.second();
        int faded = step - parameter.touched()[row];
        float old1 = (float) Math.pow(BETA1, faded);
        float old2 = (float) Math.pow(BETA2, faded);
        float new1 = (float) (1 - BETA1);
        float new2 = (float) (1 - BETA2);
        int from = row * parameter.width();
        for (int cell = 0; cell < parameter.width(); cell++) {
            float slope = gradient[at + cell];
            means[from + cell] = old1 * means[from + cell] + new1 * slope;
            variances[from + cell] = old2 * variances[from + cell] + new2 * slope * slope;
        }
    }
}
