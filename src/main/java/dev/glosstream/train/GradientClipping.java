package dev.glosstream.train;

import java.util.Collection;

/**
 * Keeps gradients within bounds: first the length of all of them together, then every single value.
 *
 * @param mostNorm largest Euclidean length of all gradients of a step as one vector; infinite for no bound
 * @param mostValue largest absolute value of any one; infinite for no bound
 */
record GradientClipping(double mostNorm, double mostValue) {

    /** Clips the gradients of a step in place. */
    void clip(Collection<float[]> gradients) {
        if (mostNorm < Double.POSITIVE_INFINITY) {
            double norm = norm(gradients);
            if (norm > mostNorm) {
                scale(gradients, (float) (mostNorm / norm));
            }
        }
        if (mostValue < Double.POSITIVE_INFINITY) {
            gradients.forEach(this::bound);
        }
    }

    private static double norm(Collection<float[]> gradients) {
        double sum = 0;
        for (float[] gradient : gradients) {
            for (float slope : gradient) {
                sum += (double) slope * slope;
            }
        }
        return Math.sqrt(sum);
    }

    private static void scale(Collection<float[]> gradients, float factor) {
        for (float[] gradient : gradients) {
            for (int cell = 0; cell < gradient.length; cell++) {
                gradient[cell] *= factor;
            }
        }
    }

    private void bound(float[] gradient) {
        float most = (float) mostValue;
        for (int cell = 0; cell < gradient.length; cell++) {
            gradient[cell] = Math.max(-most, Math.min(most, gradient[cell]));
        }
    }
}
