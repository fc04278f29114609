package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.LayoutType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack of LSTM layers, each read forwards and backwards, exact for rows of mixed length.
 *
 * <p>Shapes: {@code x [B, T, D]}, {@code reversal [B * T]} int64 → {@code [B, T, 2H]}, forward states first.
 *
 * <p>Per step and direction, with input {@code x}, hidden state {@code h} and cell {@code c}, {@code σ} the logistic
 * function: {@code i = σ(Wi x + bi + Ui h + ci)}, {@code f = σ(Wf x + bf + Uf h + cf)}, {@code g = tanh(Wg x + bg + Ug h +
 * cg)}, {@code o = σ(Wo x + bo + Uo h + co)}, {@code c' = f c + i g}, {@code h' = o tanh(c')}; both states start at zero.
 *
 * @see <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997</a>
 * @see <a href="https://doi.org/10.1109/78.650093">Schuster and Paliwal, "Bidirectional Recurrent Neural Networks",
 *     1997</a>
 */
public final class BidirectionalLstm extends AbstractBlock {
    /*
     * Why two one-directional LSTMs and not one bidirectional: the engine's own backward direction starts at the end of
     * the padded row, so its answer depends on the padding, and DJL passes the parameters of a bidirectional LSTM with
     * biases in an order that the engine does not expect. Here the rows are reversed within their own length before the
     * backward LSTM and its output is reversed again: real tokens come first in both directions, and what follows them
     * is never read by what is used.
     */
    private static final byte VERSION = 1;

    private final int stateSize;
    private final List<LSTM> forward = new ArrayList<>();
    private final List<LSTM> backward = new ArrayList<>();

    /**
     * Creates the block.
     *
     * @param stateSize units of each direction, {@code H}
     * @param layers stacked layers; each reads the {@code 2H} values of the one below
     */
    @SuppressWarnings("this-escape")
    public BidirectionalLstm(int stateSize, int layers) {
        super(VERSION);
        this.stateSize = stateSize;
        for (int layer = 0; layer < layers; layer++) {
            forward.add(addChildBlock("forward" + layer, lstm(stateSize)));
            backward.add(addChildBlock("backward" + layer, lstm(stateSize)));
        }
    }

    private static LSTM lstm(int stateSize) {
        return LSTM.builder().setStateSize(stateSize).setNumLayers(1).build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray x = inputs.get(0);
        NDArray reversal = inputs.get(1);
        for (int layer = 0; layer < forward.size(); layer++) {
            NDArray ahead = run(forward.get(layer), x, parameterStore, training);
            NDArray behind = run(backward.get(layer), reverse(x, reversal), parameterStore, training);
            x = ahead.concat(reverse(behind, reversal), 2);
        }
        return new NDList(x);
    }

    private static NDArray run(LSTM lstm, NDArray x, ParameterStore parameterStore, boolean training) {
        return lstm.forward(parameterStore, new NDList(x), training).head();
    }

    /** Reverses every row of {@code x [B, T, D]} within its own length; {@code reversal} says which cell goes where. */
    private static NDArray reverse(NDArray x, NDArray reversal) {
        Shape shape = x.getShape();
        NDArray cells = x.reshape(shape.get(0) * shape.get(1), shape.get(2));
        return EmbeddingTable.rows(reversal, cells).reshape(shape);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        long batchSize = inputShapes[0].get(0);
        long length = inputShapes[0].get(1);
        long width = inputShapes[0].get(2);
        for (int layer = 0; layer < forward.size(); layer++) {
            Shape layerInput = new Shape(
                    new long[] {batchSize, length, width},
                    new LayoutType[] {LayoutType.BATCH, LayoutType.TIME, LayoutType.CHANNEL});
            forward.get(layer).initialize(manager, dataType, layerInput);
            backward.get(layer).initialize(manager, dataType, layerInput);
            width = 2L * stateSize;
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), inputShapes[0].get(1), 2L * stateSize)};
    }
}
