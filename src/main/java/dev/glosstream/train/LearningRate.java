package dev.glosstream.train;

/**
 * The learning rate of each step: it rises in a line to its peak, then falls.
 *
 * @param peak highest rate, above 0
 * @param warmUpSteps steps of the rise, at least 0
 * @param steps all steps, at least 1
 * @param decay how it falls
 */
public record LearningRate(double peak, int warmUpSteps, int steps, Decay decay) {
    /** Both ends of the rate, as a share of its peak. */
    private static final double LEAST = 0.05;

    /** How the learning rate falls from its peak to a twentieth of it. */
    public enum Decay {
        /** As half a cosine wave. */
        COSINE,
        /** In a line. */
        LINEAR,
        /** It does not fall. */
        CONSTANT
    }

    /** Returns the rate of a step, counted from 1. */
    float at(int step) {
        if (step <= warmUpSteps) {
            return (float) (peak * (LEAST + (1 - LEAST) * step / (warmUpSteps + 1)));
        }
        double done = Math.min(1, (step - 1.0 - warmUpSteps) / Math.max(1, steps - warmUpSteps));
        double share =
                switch (decay) {
                    case COSINE -> (1 + Math.cos(Math.PI * done)) / 2;
                    case LINEAR -> 1 - done;
                    case CONSTANT -> 1;
                };
        return (float) (peak * (LEAST + (1 - LEAST) * share));
    }
}
