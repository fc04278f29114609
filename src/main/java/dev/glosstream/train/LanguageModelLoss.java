package dev.glosstream.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.loss.Loss;
import dev.glosstream.infer.EmbeddingTable;

/**
 * Mean negative log-probability of the words that are foretold, in nats, among the candidates of a step.
 *
 * <p>Each score has the logarithm of the probability that the word is among the candidates taken off, so that the candidates
 * stand for the whole vocabulary (sampled softmax).
 *
 * @see <a href="https://doi.org/10.3115/v1/P15-1001">Jean et al., "On Using Very Large Target Vocabulary for Neural Machine
 *     Translation", 2015</a>
 * @see <a href="https://doi.org/10.1109/TNN.2007.912312">Bengio and Senécal, "Adaptive Importance Sampling to Accelerate
 *     Training of a Neural Probabilistic Language Model", 2008</a>
 */
final class LanguageModelLoss extends Loss {
    LanguageModelLoss() {
        super("LanguageModelLoss");
    }

    /**
     * Returns the loss.
     *
     * @param labels corrections {@code [K, 1]}, added to the score of each candidate; the cells that foretell {@code [M]}
     *     int64; the number of each one's word among the candidates {@code [M, 1]} int64
     * @param predictions of {@link LanguageModelNetwork}, its rows those of the candidates
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        NDArray cells = EmbeddingTable.rows(labels.get(1), predictions.get(0));
        // Two more values of each cell, 1, take up bias and correction: the product with the candidates does all.
        NDArray ones = cells.getManager().ones(new Shape(cells.getShape().get(0), 2));
        NDArray candidates = predictions.get(1).concat(labels.get(0), 1);
        NDArray scores = cells.concat(ones, 1).matMul(candidates.transpose());
        return scores.logSoftmax(1).gather(labels.get(2), 1).mean().neg();
    }
}
