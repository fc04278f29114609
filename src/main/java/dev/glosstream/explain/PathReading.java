package dev.glosstream.explain;

import dev.glosstream.sequence.ScoreMatrix;
import java.util.List;

/**
 * How a tag path was chosen.
 *
 * @param tags names of the {@code K} tags, in the order of the emissions' columns
 * @param emissions what the network gives each tag at each token, {@code [T, K]}
 * @param steps the best path, one step per token
 * @param endScore what the last tag adds for being the last
 * @param score of the whole path: the sum of all scores of its steps and {@code endScore}
 * @param logZ log of the sum over all paths of their exponentiated scores
 */
public record PathReading(
        List<String> tags, ScoreMatrix emissions, List<Step> steps, double endScore, double score, double logZ) {

    /**
     * One token of the best path.
     *
     * @param tag its tag
     * @param transition what the tag scores after the one before, or as the first
     * @param emission what the network gives it
     * @param probability of this tag at this token, over all paths
     */
    public record Step(int tag, double transition, double emission, double probability) {}

    /** Copies the lists. */
    public PathReading {
        tags = List.copyOf(tags);
        steps = List.copyOf(steps);
    }

    /** Returns the probability of the path among all others. */
    public double probability() {
        return Math.min(1, Math.exp(score - logZ));
    }
}
