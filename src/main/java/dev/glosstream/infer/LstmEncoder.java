package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.LayoutType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.glosstream.model.LstmSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * A stack of LSTM layers, each read forwards and, if so set, backwards, exact for rows of mixed length.
 *
 * <p>Shapes: {@code x [B, T, D]}, {@code reversal [B * T]} int64 → {@code [B, T, 2H]}, forward states first; {@code [B, T,
 * H]} for one direction.
 *
 * <p>Per step and direction, with input {@code x}, hidden state {@code h} and cell {@code c}, {@code σ} the logistic
 * function: {@code i = σ(Wi x + bi + Ui h + ci)}, {@code f = σ(Wf x + bf + Uf h + cf)}, {@code g = tanh(Wg x + bg + Ug h +
 * cg)}, {@code o = σ(Wo x + bo + Uo h + co)}, {@code c' = f c + i g}, {@code h' = o tanh(c')}; both states start at zero, or
 * at learned values. With layer normalisation the states of a layer are normalised over their units, then scaled and
 * shifted by learned values, before the next layer reads them.
 *
 * @see <a href="https://doi.org/10.1162/neco.1997.9.8.1735">Hochreiter and Schmidhuber, "Long Short-Term Memory", 1997</a>
 * @see <a href="https://doi.org/10.1109/78.650093">Schuster and Paliwal, "Bidirectional Recurrent Neural Networks",
 *     1997</a>
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba, Kiros and Hinton, "Layer Normalization", 2016</a>
 */
public final class LstmEncoder extends AbstractBlock {
    /*
     * Why two one-directional LSTMs and not one bidirectional: the engine's own backward direction starts at the end of
     * the padded row, so its answer depends on the padding, and DJL passes the parameters of a bidirectional LSTM with
     * biases in an order that the engine does not expect. Here the rows are reversed within their own length before the
     * backward LSTM and its output is reversed again: real tokens come first in both directions, and what follows them
     * is never read by what is used.
     */
    private static final byte VERSION = 1;

    private final LstmSettings settings;
    private final List<LstmDirection> forward = new ArrayList<>();
    private final List<LstmDirection> backward = new ArrayList<>();
    private final List<LayerNorm> norms = new ArrayList<>();
    private final List<Dropout> dropouts = new ArrayList<>();

    /**
     * Creates the block.
     *
     * @param dropout rate between layers while training
     */
    @SuppressWarnings("this-escape")
    public LstmEncoder(LstmSettings settings, float dropout) {
        super(VERSION);
        this.settings = settings;
        boolean learned = settings.initialState() == LstmSettings.InitialState.LEARNED;
        for (int layer = 0; layer < settings.layers(); layer++) {
            forward.add(addChildBlock("forward" + layer, new LstmDirection(settings.stateSize(), learned)));
            if (settings.directions() == LstmSettings.Directions.BOTH) {
                backward.add(addChildBlock("backward" + layer, new LstmDirection(settings.stateSize(), learned)));
            }
            if (settings.layerNorm()) {
                norms.add(addChildBlock(
                        "norm" + layer, LayerNorm.builder().axis(2).build()));
            }
            if (layer > 0) {
                dropouts.add(addChildBlock(
                        "dropout" + layer, Dropout.builder().optRate(dropout).build()));
            }
        }
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray x = inputs.get(0);
        NDArray reversal = inputs.get(1);
        for (int layer = 0; layer < settings.layers(); layer++) {
            if (layer > 0) {
                x = dropouts.get(layer - 1)
                        .forward(parameterStore, new NDList(x), training)
                        .head();
            }
            x = readLayer(layer, x, reversal, parameterStore, training);
        }
        return new NDList(x);
    }

    private NDArray readLayer(int layer, NDArray x, NDArray reversal, ParameterStore parameterStore, boolean training) {
        NDArray states = forward.get(layer)
                .forward(parameterStore, new NDList(x), training)
                .head();
        if (settings.directions() == LstmSettings.Directions.BOTH) {
            NDArray behind = backward.get(layer)
                    .forward(parameterStore, new NDList(reverse(x, reversal)), training)
                    .head();
            states = states.concat(reverse(behind, reversal), 2);
        }
        return norms.isEmpty()
                ? states
                : norms.get(layer)
                        .forward(parameterStore, new NDList(states), training)
                        .head();
    }

    /** Reverses every row of {@code x [B, T, D]} within its own length; {@code reversal} says which cell goes where. */
    private static NDArray reverse(NDArray x, NDArray reversal) {
        Shape shape = x.getShape();
        NDArray cells = x.reshape(shape.get(0) * shape.get(1), shape.get(2));
        return EmbeddingTable.rows(reversal, cells).reshape(shape);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape cells = inputShapes[0].slice(0, 2);
        long width = inputShapes[0].get(2);
        for (int layer = 0; layer < settings.layers(); layer++) {
            Shape layerInput = new Shape(
                    new long[] {cells.get(0), cells.get(1), width},
                    new LayoutType[] {LayoutType.BATCH, LayoutType.TIME, LayoutType.CHANNEL});
            forward.get(layer).initialize(manager, dataType, layerInput);
            if (!backward.isEmpty()) {
                backward.get(layer).initialize(manager, dataType, layerInput);
            }
            width = settings.outputSize();
            if (!norms.isEmpty()) {
                norms.get(layer).initialize(manager, dataType, cells.add(width));
            }
            if (layer > 0) {
                dropouts.get(layer - 1).initialize(manager, dataType, layerInput);
            }
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {inputShapes[0].slice(0, 2).add(settings.outputSize())};
    }
}
