package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.Pair;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.TokenIds;
import java.util.List;
import java.util.Optional;

/**
 * Looks into a loaded network: its weights, and what it computes on the way from ids to scores, as plain numbers.
 *
 * <p>For people and tests: slower than a scorer. One thread at a time; closes nothing, the loaded model must stay open.
 */
public final class NetworkInspector {
    private static final int NAME_START = 2;

    private final SequenceNetwork network;
    private final NDManager manager;

    private NetworkInspector(SequenceNetwork network, NDManager manager) {
        this.network = network;
        this.manager = manager;
    }

    /** Returns an inspector; empty if the model is a scripted module, whose inside is not ours to read. */
    public static Optional<NetworkInspector> of(LoadedModel loaded) {
        return loaded.model().getBlock() instanceof SequenceNetwork network
                ? Optional.of(new NetworkInspector(network, loaded.model().getNDManager()))
                : Optional.empty();
    }

    /** Computes the scores of one text and keeps what each stage gave. */
    public NetworkTrace trace(TokenIds ids) {
        try (NDManager scope = manager.newSubManager();
                NDScope intermediates = new NDScope()) {
            intermediates.suppressNotUsedWarning();
            PaddedBatch batch = new PaddedBatch(List.of(ids));
            NDList inputs = BatchArrays.of(scope, batch);
            NDArray reversal = inputs.get(batch.columnCount());
            NDArray mask = inputs.get(batch.columnCount() + 1);
            ParameterStore store = new ParameterStore(scope, false);
            NDList columns = new NDList();
            for (int column = 0; column < batch.columnCount(); column++) {
                columns.add(run(store, "column" + column, inputs.get(column)));
            }
            NDArray vectors = NDArrays.concat(columns, 2);
            NDArray states = run(store, "lstm", vectors, reversal);
            NDArray features =
                    child(network, "representation").isEmpty() ? states : run(store, "representation", states, mask);
            NDArray scores = run(store, "output", features);
            return new NetworkTrace(matrix(vectors), matrix(states), matrix(features), matrix(scores));
        }
    }

    private NDArray run(ParameterStore store, String name, NDArray... inputs) {
        Block block = child(network, name).orElseThrow();
        return block.forward(store, new NDList(inputs), false).head();
    }

    /** Returns the embedding table of a column, {@code [rows, D]}. */
    public FloatMatrix table(int column) {
        return matrix(network.tables().get(column).parameter().getArray());
    }

    /**
     * Returns the weights of an LSTM layer.
     *
     * @param layer from 0, the one that reads the tokens' vectors
     * @param backward whether of the direction from the end to the start
     */
    public LstmWeights lstm(int layer, boolean backward) {
        String direction = (backward ? "backward" : "forward") + layer;
        return new LstmWeights(
                weights("lstm", direction, "i2h_WEIGHT"),
                weights("lstm", direction, "h2h_WEIGHT"),
                weights("lstm", direction, "i2h_BIAS"),
                weights("lstm", direction, "h2h_BIAS"),
                find("lstm", direction, "initialHidden"),
                find("lstm", direction, "initialCell"));
    }

    /** Returns scale and shift of a layer's normalisation, {@code [2, S]}; empty if states are not normalised. */
    public Optional<FloatMatrix> layerNorm(int layer) {
        return find("lstm", "norm" + layer, "gamma")
                .map(gamma -> stack(gamma, weights("lstm", "norm" + layer, "beta")));
    }

    /** Returns the matrix of the linear layer that gives the scores, {@code [K, R]}. */
    public FloatMatrix outputWeights() {
        return weights("output", "weight");
    }

    /** Returns what the linear layer adds, {@code [1, K]}. */
    public FloatMatrix outputBias() {
        return weights("output", "bias");
    }

    /** Returns the matrix of the attention's hidden layer, {@code [S, S]}; empty without attention. */
    public Optional<FloatMatrix> attentionWeights() {
        return find("representation", "attentionHidden", "weight");
    }

    /** Returns what the attention's hidden layer adds, {@code [1, S]}; empty without attention. */
    public Optional<FloatMatrix> attentionBias() {
        return find("representation", "attentionHidden", "bias");
    }

    /** Returns what turns the attention's hidden values into one score, {@code [1, S]}; empty without attention. */
    public Optional<FloatMatrix> attentionScore() {
        return find("representation", "attentionScore", "weight");
    }

    private static FloatMatrix stack(FloatMatrix first, FloatMatrix second) {
        float[] both = new float[2 * first.columns()];
        System.arraycopy(first.row(0), 0, both, 0, first.columns());
        System.arraycopy(second.row(0), 0, both, first.columns(), first.columns());
        return new FloatMatrix(both, first.columns());
    }

    private FloatMatrix weights(String... path) {
        return find(path)
                .orElseThrow(() -> new IllegalStateException(
                        "network: expected a parameter " + String.join(" ", path) + ", found none"));
    }

    /** Finds a parameter by the names of the blocks that hold it, and the end of its own. */
    private Optional<FloatMatrix> find(String... path) {
        Block block = network;
        for (int depth = 0; depth < path.length - 1; depth++) {
            Optional<Block> inner = child(block, path[depth]);
            if (inner.isEmpty()) {
                return Optional.empty();
            }
            block = inner.get();
        }
        String name = path[path.length - 1];
        return block.getParameters().stream()
                .filter(pair -> pair.getKey().endsWith(name))
                .map(Pair::getValue)
                .map(Parameter::getArray)
                .map(NetworkInspector::matrix)
                .findFirst();
    }

    /** DJL puts the number of a child block, two digits, before its name. */
    private static Optional<Block> child(Block block, String name) {
        return block.getChildren().stream()
                .filter(pair -> pair.getKey().substring(NAME_START).equals(name))
                .map(Pair::getValue)
                .findFirst();
    }

    private static FloatMatrix matrix(NDArray array) {
        long last = array.getShape().get(array.getShape().dimension() - 1);
        return new FloatMatrix(array.toFloatArray(), Math.toIntExact(last));
    }
}
