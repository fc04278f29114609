package dev.glosstream.train;

import java.util.Map;

/** What was measured of a model on a data set. */
public interface Report {
    /** Returns the measures by name, in the order in which they are printed. */
    Map<String, Double> metrics();

    /** Returns the one figure by which training chooses: higher is better, 0 to 1. */
    double score();

    /** Returns a table for a person. */
    String toText();
}
