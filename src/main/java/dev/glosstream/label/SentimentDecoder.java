package dev.glosstream.label;

import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Sentiment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Logits → sentiment: the softmax of each label. */
public final class SentimentDecoder {
    private final List<String> labels;

    /**
     * Creates a decoder.
     *
     * @param labels label names in the order of the logits
     */
    public SentimentDecoder(List<String> labels) {
        this.labels = List.copyOf(labels);
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
            if (probabilities[label] > probabilities[best]) {
                best = label;
            }
        }
        return new Sentiment(labels.get(best), probabilities[best], scores);
    }

    private static double[] softmax(ScoreMatrix logits) {
        double[] values = new double[logits.columns()];
        double largest = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < values.length; label++) {
            largest = Math.max(largest, logits.at(0, label));
        }
        double sum = 0;
        for (int label = 0; label < values.length; label++) {
            values[label] = Math.exp(logits.at(0, label) - largest);
            sum += values[label];
        }
        for (int label = 0; label < values.length; label++) {
            values[label] /= sum;
        }
        return values;
    }
}
