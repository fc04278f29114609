package dev.glosstream.explain;

import dev.glosstream.infer.NetworkTrace;
import java.util.List;

/**
 * What happens between ids and scores: what the engine computed, and the same in plain Java step by step.
 *
 * @param engine what the engine computed
 * @param layers the LSTM in plain Java, the layer nearest to the tokens first
 * @param maxima for a text represented by maximum and mean: how many of the {@code S} maxima each token holds; else empty
 * @param attention for a text represented by attention: the weight of each token, together 1; else empty
 * @param largestDifference between plain Java and the engine, over states, features and scores
 */
public record InnerReading(
        NetworkTrace engine,
        List<LayerWalk> layers,
        List<Integer> maxima,
        List<Double> attention,
        double largestDifference) {
    /** How far single and double precision may be apart. */
    public static final double ALLOWED_DIFFERENCE = 1e-4;

    /** Copies the lists. */
    public InnerReading {
        layers = List.copyOf(layers);
        maxima = List.copyOf(maxima);
        attention = List.copyOf(attention);
    }

    /** Returns whether plain Java and the engine say the same. */
    public boolean agrees() {
        return largestDifference <= ALLOWED_DIFFERENCE;
    }
}
