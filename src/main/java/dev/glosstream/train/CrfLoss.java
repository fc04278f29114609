package dev.glosstream.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import dev.glosstream.infer.EmbeddingTable;
import dev.glosstream.sequence.BioTagSet;
import java.util.List;

/**
 * Negative log-likelihood of the true tag paths under a linear-chain CRF, exact, each sequence with a weight of its own; mean
 * over the sequences of a batch.
 *
 * <p>The log of the partition function is summed by the forward algorithm, one step per token over all sequences at once;
 * steps on padding leave a sequence's sum as it is. Forbidden transitions score {@value #FORBIDDEN}, so no probability goes
 * to paths that are never decoded.
 *
 * @see <a href="https://doi.org/10.18653/v1/N16-1030">Lample et al., "Neural Architectures for Named Entity Recognition",
 *     2016</a>
 */
final class CrfLoss extends Loss {
    private static final float FORBIDDEN = -1e4f;

    private final BioTagSet tagSet;

    CrfLoss(BioTagSet tagSet) {
        super("CrfLoss");
        this.tagSet = tagSet;
    }

    /**
     * Returns the loss.
     *
     * @param labels of {@link TargetArrays#ofTags}
     * @param predictions of {@link CrfNetwork}
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray emissions = predictions.get(0);
        NDManager manager = emissions.getManager();
        NDArray transitions =
                predictions.get(2).add(manager.create(forbidden(), new Shape(tagSet.size(), tagSet.size())));
        NDArray start = predictions.get(3).add(manager.create(forbiddenStart(), new Shape(tagSet.size(), 1)));
        NDArray end = predictions.get(4);
        NDArray mask = predictions.get(1);
        NDArray logZ = logZ(emissions, mask, transitions, start, end);
        NDArray gold = pathScore(labels, emissions, transitions, start, end);
        return logZ.mul(labels.get(0).squeeze(1))
                .sum()
                .sub(gold)
                .div(emissions.getShape().get(0));
    }

    /** Forward algorithm: {@code [B]}. */
    private static NDArray logZ(NDArray emissions, NDArray mask, NDArray transitions, NDArray start, NDArray end) {
        int length = Math.toIntExact(emissions.getShape().get(1));
        NDList byStep = emissions.swapAxes(0, 1).split(length);
        NDList maskByStep = mask.swapAxes(0, 1).split(length);
        NDArray alphas = byStep.get(0).squeeze(0).add(start.reshape(1, -1));
        for (int step = 1; step < length; step++) {
            NDArray incoming = alphas.expandDims(2).add(transitions.expandDims(0));
            NDArray next = logSumExp(incoming).add(byStep.get(step).squeeze(0));
            alphas = alphas.add(next.sub(alphas).mul(maskByStep.get(step).squeeze(0)));
        }
        return logSumExp(alphas.add(end.reshape(1, -1)));
    }

    /** Over axis 1. */
    private static NDArray logSumExp(NDArray scores) {
        NDArray largest = scores.max(new int[] {1}, true).stopGradient();
        return scores.sub(largest).exp().sum(new int[] {1}).log().add(largest.squeeze(1));
    }

    /** Sum over the batch of the weighted scores of the true paths. */
    private static NDArray pathScore(
            NDList labels, NDArray emissions, NDArray transitions, NDArray start, NDArray end) {
        List<NDArray> scores = List.of(emissions.reshape(-1, 1), start, end, transitions.reshape(-1, 1));
        NDArray sum = emissions.getManager().zeros(new Shape());
        for (int index = 0; 2 * index + 2 < labels.size(); index++) {
            NDArray places = EmbeddingTable.rows(labels.get(2 * index + 1), scores.get(index));
            sum = sum.add(places.mul(labels.get(2 * index + 2)).sum());
        }
        return sum;
    }

    private float[] forbidden() {
        float[] scores = new float[tagSet.size() * tagSet.size()];
        for (int from = 0; from < tagSet.size(); from++) {
            for (int to = 0; to < tagSet.size(); to++) {
                scores[from * tagSet.size() + to] = tagSet.mayFollow(from, to) ? 0 : FORBIDDEN;
            }
        }
        return scores;
    }

    private float[] forbiddenStart() {
        float[] scores = new float[tagSet.size()];
        for (int tag = 0; tag < scores.length; tag++) {
            scores[tag] = tagSet.mayStart(tag) ? 0 : FORBIDDEN;
        }
        return scores;
    }
}
