package dev.glosstream.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.loss.Loss;

/**
 * Cross entropy between target distributions and the softmax of the logits, each text with a weight of its own; mean over
 * the texts of a batch.
 *
 * <p>Everything that a target may be is in the distribution and the weight already: a class, a smoothed class, what teachers
 * think, the weights of classes and corpora.
 */
final class SoftCrossEntropyLoss extends Loss {
    SoftCrossEntropyLoss() {
        super("SoftCrossEntropyLoss");
    }

    /**
     * Returns the loss, a scalar.
     *
     * @param labels distributions {@code [B, K]} and weights {@code [B, 1]}
     * @param predictions logits {@code [B, K]}
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray logits = predictions.head();
        NDArray surprise = logits.logSoftmax(1).mul(labels.get(0)).mul(labels.get(1));
        return surprise.sum().div(-logits.getShape().get(0));
    }
}
