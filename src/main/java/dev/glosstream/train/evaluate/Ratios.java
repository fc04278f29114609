package dev.glosstream.train.evaluate;

/** Ratios that are 0 where they are not defined, as conlleval and scikit-learn have it. */
final class Ratios {
    private Ratios() {}

    /** Returns part ÷ whole, 0 if the whole is 0. */
    static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    /** Returns the harmonic mean, 0 if both are 0. */
    static double harmonicMean(double left, double right) {
        return left + right == 0 ? 0 : 2 * left * right / (left + right);
    }
}
