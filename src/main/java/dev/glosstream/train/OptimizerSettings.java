package dev.glosstream.train;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How weights move.
 *
 * @param kind which optimiser
 * @param learningRate at its peak, above 0
 * @param momentum share of the velocity that a step of {@link Kind#SGD} keeps, 0 to below 1
 * @param weightDecay at least 0; see {@link Kind}
 * @param warmUpSteps steps over which the learning rate rises to its peak, at least 0; at most a tenth of all steps is
 *     used
 * @param decay how the learning rate falls from its peak to a twentieth
 * @param clipGradient largest absolute value of any gradient entry, above 0, may be infinite
 * @param clipNorm largest Euclidean length of all gradients of a step as one vector, above 0, may be infinite
 */
public record OptimizerSettings(
        Kind kind,
        double learningRate,
        double momentum,
        double weightDecay,
        int warmUpSteps,
        LearningRate.Decay decay,
        double clipGradient,
        double clipNorm) {

    /** Which optimiser. */
    public enum Kind {
        /** Adam; weight decay is added to the gradient. */
        ADAM,
        /** Adam; weight decay is taken from the weights themselves. */
        ADAMW,
        /** Stochastic gradient descent with momentum; weight decay is added to the gradient. */
        SGD
    }

    /** Validates the ranges. */
    public OptimizerSettings {
        TrainingSettings.require(learningRate > 0, "learningRate", "above 0", learningRate);
        TrainingSettings.require(momentum >= 0 && momentum < 1, "momentum", "0 to below 1", momentum);
        TrainingSettings.require(weightDecay >= 0, "weightDecay", "at least 0", weightDecay);
        TrainingSettings.require(warmUpSteps >= 0, "warmUpSteps", "at least 0", warmUpSteps);
        TrainingSettings.require(clipGradient > 0, "clipGradient", "above 0", clipGradient);
        TrainingSettings.require(clipNorm > 0, "clipNorm", "above 0", clipNorm);
    }

    /** Returns the optimiser of a run of that many steps. */
    WeightOptimizer optimizer(int steps) {
        // A small corpus must not spend all its steps on warming up.
        LearningRate rate = new LearningRate(learningRate, Math.min(warmUpSteps, steps / 10), steps, decay);
        return switch (kind) {
            case ADAM -> new AdamOptimizer(rate, weightDecay, false);
            case ADAMW -> new AdamOptimizer(rate, weightDecay, true);
            case SGD -> new SgdOptimizer(rate, momentum, weightDecay);
        };
    }

    GradientClipping clipping() {
        return new GradientClipping(clipNorm, clipGradient);
    }

    /** Returns the settings as they are written into a manifest. */
    Map<String, String> asText() {
        Map<String, String> text = new TreeMap<>();
        text.put("optimizer", kind.name().toLowerCase(Locale.ROOT));
        text.put("learningRate", String.valueOf(learningRate));
        text.put("momentum", String.valueOf(momentum));
        text.put("weightDecay", String.valueOf(weightDecay));
        text.put("warmUpSteps", String.valueOf(warmUpSteps));
        text.put("decay", decay.name().toLowerCase(Locale.ROOT));
        text.put("clipGradient", bound(clipGradient));
        text.put("clipNorm", bound(clipNorm));
        return text;
    }

    private static String bound(double most) {
        return most == Double.POSITIVE_INFINITY ? "none" : String.valueOf(most);
    }
}
