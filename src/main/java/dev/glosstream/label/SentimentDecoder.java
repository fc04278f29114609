package dev.glosstream.label;

import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Sentiment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Logits → sentiment: the label of the greatest logit, and the softmax of the logits divided by a temperature.
 *
 * <p>The temperature changes probabilities and never a label: above 1 they come closer to each other, below 1 they go apart.
 */
public final class SentimentDecoder {
    private final List<String> labels;
    private final double temperature;

    /**
     * Creates a decoder that leaves probabilities as the network gives them.
     *
     * @param labels label names in the order of the logits
     */
    public SentimentDecoder(List<String> labels) {
        this(labels, 1);
    }

    /**
     * Creates a decoder.
     *
     * @param labels label names in the order of the logits
     * @param temperature by which logits are divided, above 0
     */
    public SentimentDecoder(List<String> labels, double temperature) {
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("sentiment: expected a temperature above 0, got " + temperature);
        }
        this.labels = List.copyOf(labels);
        this.temperature = temperature;
    }

    /**
     * Returns the sentiment.
     *
     * @param logits {@code [1, K]}, one per label
     */
    public Sentiment decode(ScoreMatrix logits) {
        if (logits.rows() != 1 || logits.columns() != labels.size()) {
            throw new IllegalArgumentException("sentiment: expected logits [1, " + labels.size() + "], got ["
                    + logits.rows() + ", " + logits.columns() + "]");
        }
        double[] probabilities = softmax(logits);
        Map<String, Double> scores = new LinkedHashMap<>();
        int best = 0;
        for (int label = 0; label < probabilities.length; label++) {
            scores.put(labels.get(label), probabilities[label]);
            // Of logits, not of probabilities: those of a high temperature may be equal after rounding.
            if (logits.at(0, label) > logits.at(0, best)) {
                best = label;
            }
        }
        return new Sentiment(labels.get(best), probabilities[best], scores);
    }

    private double[] softmax(ScoreMatrix logits) {
        double[] values = new double[logits.columns()];
        double largest = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < values.length; label++) {
            largest = Math.max(largest, logits.at(0, label));
        }
        double sum = 0;
        for (int label = 0; label < values.length; label++) {
            values[label] = Math.exp((logits.at(0, label) - largest) / temperature);
            sum += values[label];
        }
        for (int label = 0; label < values.length; label++) {
            values[label] /= sum;
        }
        return values;
    }
}
