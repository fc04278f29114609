package dev.glosstream.train.evaluate;

/**
 * How well one class, or one type of entity, is told.
 *
 * @param name of the class
 * @param precision share of its predictions that are right, 0 if there are none
 * @param recall share of its cases that are found, 0 if there are none
 * @param f1 harmonic mean of both
 * @param support cases in the data
 * @param predicted predictions of it
 */
public record ClassRow(String name, double precision, double recall, double f1, long support, long predicted) {

    /** Returns the row of counts. */
    static ClassRow of(String name, double correct, double predicted, double support) {
        double precision = Ratios.ratio(correct, predicted);
        double recall = Ratios.ratio(correct, support);
        return new ClassRow(
                name,
                precision,
                recall,
                Ratios.harmonicMean(precision, recall),
                Math.round(support),
                Math.round(predicted));
    }
}
