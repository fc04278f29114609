package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.ParameterStore;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * Scores with several networks of one encoder: it runs once, the head of each network on its states. Every native array of a
 * call is released before it returns.
 */
final class SharedEncoderScorer implements JointScorer {
    private final String models;
    private final List<SequenceNetwork> networks;
    private final NDManager manager;
    private final ParameterStore parameters;

    /**
     * Creates a scorer.
     *
     * @param models their names, for messages
     * @param networks of equal encoders; that of the first is run
     * @param manager for the arrays of one thread; closed with this
     */
    SharedEncoderScorer(String models, List<SequenceNetwork> networks, NDManager manager) {
        this.models = models;
        this.networks = List.copyOf(networks);
        this.manager = manager;
        this.parameters = new ParameterStore(manager, false);
    }

    @Override
    public List<List<ScoreMatrix>> score(PaddedBatch batch) {
        try (NDManager scratch = manager.newSubManager();
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDList inputs = BatchArrays.of(scratch, batch);
            NDArray states = networks.get(0).encode(parameters, inputs, false);
            NDArray mask = inputs.get(inputs.size() - 1);
            List<List<ScoreMatrix>> ofNetworks = new ArrayList<>(networks.size());
            for (SequenceNetwork network : networks) {
                ofNetworks.add(ScoreTranslator.cut(batch, network.classify(parameters, states, mask, false)));
            }
            return JointScorer.bySequence(batch.batchSize(), ofNetworks);
        } catch (RuntimeException e) {
            throw new InferenceException("models '" + models + "': failed on " + batch, e);
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
