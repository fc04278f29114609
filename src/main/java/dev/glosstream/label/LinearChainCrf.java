package dev.glosstream.label;

import dev.glosstream.model.CrfTransitions;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.List;

/**
 * A linear-chain conditional random field over the tags of one sequence.
 *
 * <p>The score of a tag path {@code y} is {@code start[y1] + Σ emissions[t][yt] + Σ transitions[yt-1][yt] + end[yT]}; its
 * probability is {@code exp(score - logZ)}. Transitions that the tag set forbids score minus infinity and are never taken.
 *
 * <p>Shapes: {@code K} tags, {@code T} real tokens, emissions {@code [T, K]}. Natural logarithms. Immutable; any number of
 * threads may share one. Each method takes O(T·K²) time and O(T·K) memory.
 *
 * @see <a href="https://repository.upenn.edu/cis_papers/159/">Lafferty, McCallum and Pereira, "Conditional Random
 *     Fields", 2001</a>
 */
public final class LinearChainCrf {
    private final BioTagSet tagSet;
    private final double[] startTransitions;
    private final double[] endTransitions;
    /** {@code transitions[from][to]}. */
    private final double[][] transitions;

    /**
     * Creates a field.
     *
     * @throws IllegalArgumentException if the transitions are of other tags than the tag set's
     */
    public LinearChainCrf(BioTagSet tagSet, CrfTransitions learned) {
        if (!learned.tags().equals(tagSet.names())) {
            throw new IllegalArgumentException(
                    "CRF: expected transitions of the tags " + tagSet.names() + ", got " + learned.tags());
        }
        int tags = tagSet.size();
        this.tagSet = tagSet;
        this.startTransitions = new double[tags];
        this.endTransitions = new double[tags];
        this.transitions = new double[tags][tags];
        for (int from = 0; from < tags; from++) {
            startTransitions[from] = tagSet.mayStart(from) ? learned.start().get(from) : Double.NEGATIVE_INFINITY;
            endTransitions[from] = learned.end().get(from);
            List<Float> row = learned.transitions().get(from);
            for (int to = 0; to < tags; to++) {
                transitions[from][to] = tagSet.mayFollow(from, to) ? row.get(to) : Double.NEGATIVE_INFINITY;
            }
        }
    }

    /** Returns the tags. */
    public BioTagSet tagSet() {
        return tagSet;
    }

    /**
     * Returns the highest-scoring tag path.
     *
     * <p>Ties go to the lower tag id, from the last token backwards.
     *
     * @param emissions per-token tag scores {@code [T, K]}
     * @return {@code T} tag ids
     * @see <a href="https://doi.org/10.1109/PROC.1973.9030">Forney, "The Viterbi Algorithm", 1973</a>
     */
    public int[] bestPath(ScoreMatrix emissions) {
        requireTags(emissions);
        int length = emissions.rows();
        int tags = tagSet.size();
        int[][] backPointers = new int[length][tags];
        double[] best = first(emissions);
        double[] next = new double[tags];
        for (int position = 1; position < length; position++) {
            for (int to = 0; to < tags; to++) {
                int from = bestFrom(best, to);
                backPointers[position][to] = from;
                next[to] = best[from] + transitions[from][to] + emissions.at(position, to);
            }
            double[] spare = best;
            best = next;
            next = spare;
        }
        int[] path = new int[length];
        path[length - 1] = argMax(plus(best, endTransitions));
        for (int position = length - 1; position > 0; position--) {
            path[position - 1] = backPointers[position][path[position]];
        }
        return path;
    }

    private int bestFrom(double[] scores, int to) {
        int bestTag = 0;
        for (int from = 1; from < scores.length; from++) {
            if (scores[from] + transitions[from][to] > scores[bestTag] + transitions[bestTag][to]) {
                bestTag = from;
            }
        }
        return bestTag;
    }

    /** Returns the score of one path: unnormalised, natural log. */
    public double pathScore(ScoreMatrix emissions, int[] path) {
        double score = startTransitions[path[0]] + endTransitions[path[path.length - 1]];
        for (int position = 0; position < path.length; position++) {
            score += emissions.at(position, path[position]);
            if (position > 0) {
                score += transitions[path[position - 1]][path[position]];
            }
        }
        return score;
    }

    /** Returns what a path scores for the tag of its first token; minus infinity if none may start there. */
    public double startScore(int tag) {
        return startTransitions[tag];
    }

    /** Returns what a path scores for one tag directly after another; minus infinity if it may not stand there. */
    public double transitionScore(int from, int to) {
        return transitions[from][to];
    }

    /** Returns what a path scores for the tag of its last token. */
    public double endScore(int tag) {
        return endTransitions[tag];
    }

    /** Returns the probability of each tag at each token over all paths, {@code [T][K]}; each row sums to 1. */
    public double[][] tagProbabilities(ScoreMatrix emissions) {
        double[][] probabilities = alphas(emissions);
        double[][] betas = betas(emissions);
        double logZ = logZ(emissions);
        for (int position = 0; position < probabilities.length; position++) {
            for (int tag = 0; tag < tagSet.size(); tag++) {
                probabilities[position][tag] = Math.exp(probabilities[position][tag] + betas[position][tag] - logZ);
            }
        }
        return probabilities;
    }

    /** Returns the log of the sum of the exponentiated scores of all paths. */
    public double logZ(ScoreMatrix emissions) {
        double[][] alphas = alphas(emissions);
        return logSumExp(plus(alphas[alphas.length - 1], endTransitions));
    }

    /**
     * Returns {@code alphas[t][k]}: log of the sum over all paths of the first {@code t + 1} tokens that end in tag {@code
     * k}.
     */
    double[][] alphas(ScoreMatrix emissions) {
        requireTags(emissions);
        double[][] alphas = new double[emissions.rows()][];
        alphas[0] = first(emissions);
        double[] incoming = new double[tagSet.size()];
        for (int position = 1; position < alphas.length; position++) {
            alphas[position] = new double[tagSet.size()];
            for (int to = 0; to < tagSet.size(); to++) {
                for (int from = 0; from < incoming.length; from++) {
                    incoming[from] = alphas[position - 1][from] + transitions[from][to];
                }
                alphas[position][to] = logSumExp(incoming) + emissions.at(position, to);
            }
        }
        return alphas;
    }

    /**
     * Returns {@code betas[t][k]}: log of the sum over all continuations after token {@code t}, given that its tag is
     * {@code k}.
     */
    double[][] betas(ScoreMatrix emissions) {
        double[][] betas = new double[emissions.rows()][];
        betas[betas.length - 1] = endTransitions.clone();
        double[] outgoing = new double[tagSet.size()];
        for (int position = betas.length - 2; position >= 0; position--) {
            betas[position] = new double[tagSet.size()];
            for (int from = 0; from < tagSet.size(); from++) {
                fill(outgoing, emissions, betas[position + 1], position + 1, from);
                betas[position][from] = logSumExp(outgoing);
            }
        }
        return betas;
    }

    private void fill(double[] outgoing, ScoreMatrix emissions, double[] beta, int position, int from) {
        for (int to = 0; to < outgoing.length; to++) {
            outgoing[to] = transitions[from][to] + emissions.at(position, to) + beta[to];
        }
    }

    /**
     * Returns the probability that the tokens {@code [first, end)} are one entity of a type: its opening tag, its
     * continuing tags, and no further continuing tag.
     */
    double spanProbability(ScoreMatrix emissions, double[][] alphas, double[][] betas, TokenSpan span) {
        int begin = tagSet.begin(span.type());
        int inside = tagSet.inside(span.type());
        double score = alphas[span.start()][begin];
        int last = begin;
        for (int position = span.start() + 1; position < span.end(); position++) {
            score += transitions[last][inside] + emissions.at(position, inside);
            last = inside;
        }
        if (span.end() == emissions.rows()) {
            score += endTransitions[last];
        } else {
            double[] outgoing = new double[tagSet.size()];
            fill(outgoing, emissions, betas[span.end()], span.end(), last);
            outgoing[inside] = Double.NEGATIVE_INFINITY;
            score += logSumExp(outgoing);
        }
        double logZ = logSumExp(plus(alphas[alphas.length - 1], endTransitions));
        return Math.min(1.0, Math.exp(score - logZ));
    }

    private double[] first(ScoreMatrix emissions) {
        double[] scores = startTransitions.clone();
        for (int tag = 0; tag < scores.length; tag++) {
            scores[tag] += emissions.at(0, tag);
        }
        return scores;
    }

    private void requireTags(ScoreMatrix emissions) {
        if (emissions.columns() != tagSet.size()) {
            throw new IllegalArgumentException("CRF: expected emissions [T, " + tagSet.size() + "], got ["
                    + emissions.rows() + ", " + emissions.columns() + "]");
        }
    }

    private static double[] plus(double[] left, double[] right) {
        double[] sum = left.clone();
        for (int index = 0; index < sum.length; index++) {
            sum[index] += right[index];
        }
        return sum;
    }

    private static int argMax(double[] values) {
        int best = 0;
        for (int index = 1; index < values.length; index++) {
            if (values[index] > values[best]) {
                best = index;
            }
        }
        return best;
    }

    private static double logSumExp(double[] values) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        if (largest == Double.NEGATIVE_INFINITY) {
            return largest;
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(value - largest);
        }
        return largest + Math.log(sum);
    }
}
