package dev.glosstream.sequence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The sentiment of a text.
 *
 * @param label the most probable label; ties go to the first in the model's order
 * @param score its probability, 0 to 1
 * @param scores the probability of every label, in the model's order
 */
public record Sentiment(String label, double score, Map<String, Double> scores) {

    /** Copies the scores, keeping their order. */
    public Sentiment {
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
        if (!scores.containsKey(label)) {
            throw new IllegalArgumentException(
                    "sentiment: expected label '" + label + "' among the scores, got " + scores.keySet());
        }
    }
}
