package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.TokenColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * The network of every bundle: embedding tables → bidirectional LSTM → (pooling) → linear layer.
 *
 * <p>Inputs, as {@link BatchArrays} makes them: for each of {@code C} columns ids {@code [B, T]} int64; reversal {@code [B
 * * T]} int64; mask {@code [B, T, 1]} float32. Output: {@code [B, T, K]} for {@link Head#PER_TOKEN}; {@code [B, K]} for
 * {@link Head#PER_TEXT}, where each text is represented by the maximum and the mean of the LSTM's states over its real
 * tokens, side by side. Cells of padding hold values that mean nothing and must not be read.
 */
public final class SequenceNetwork extends AbstractBlock {
    private static final byte VERSION = 1;
    private static final float LARGE = 1e4f;

    /** What the linear layer is applied to. */
    public enum Head {
        /** Each real token. */
        PER_TOKEN,
        /** The text as a whole. */
        PER_TEXT
    }

    private final Head head;
    private final int classes;
    private final List<EmbeddingTable> tables = new ArrayList<>();
    private final Dropout inputDropout;
    private final BidirectionalLstm encoder;
    private final Dropout outputDropout;
    private final Linear output;
    private final int embeddedSize;
    private final int encodedSize;

    /**
     * Creates the network, without parameters.
     *
     * @param architecture columns and sizes
     * @param rows rows of each column's table
     * @param head what is classified
     * @param classes {@code K}
     * @param dropout rate before and after the LSTM while training, 0 to 1
     */
    @SuppressWarnings("this-escape")
    public SequenceNetwork(Architecture architecture, List<Integer> rows, Head head, int classes, float dropout) {
        super(VERSION);
        this.head = head;
        this.classes = classes;
        int width = 0;
        for (int column = 0; column < rows.size(); column++) {
            TokenColumn feature = architecture.columns().get(column);
            EmbeddingTable table = new EmbeddingTable(rows.get(column), feature.dimension());
            tables.add(addChildBlock("embedding" + column, table));
            width += feature.dimension();
        }
        this.embeddedSize = width;
        this.encodedSize = 2 * architecture.stateSize();
        this.inputDropout =
                addChildBlock("inputDropout", Dropout.builder().optRate(dropout).build());
        this.encoder = addChildBlock("lstm", new BidirectionalLstm(architecture.stateSize(), architecture.layers()));
        this.outputDropout = addChildBlock(
                "outputDropout", Dropout.builder().optRate(dropout).build());
        this.output = addChildBlock("output", Linear.builder().setUnits(classes).build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray reversal = inputs.get(tables.size());
        NDArray mask = inputs.get(tables.size() + 1);
        NDList vectors = new NDList();
        for (int column = 0; column < tables.size(); column++) {
            vectors.addAll(tables.get(column).forward(parameterStore, new NDList(inputs.get(column)), training));
        }
        NDArray embedded = vectors.size() == 1 ? vectors.head() : NDArrays.concat(vectors, 2);
        NDList dropped = inputDropout.forward(parameterStore, new NDList(embedded), training);
        NDArray states = encoder.forward(parameterStore, new NDList(dropped.head(), reversal), training)
                .head();
        NDArray features = head == Head.PER_TEXT ? pool(states, mask) : states;
        NDList kept = outputDropout.forward(parameterStore, new NDList(features), training);
        return output.forward(parameterStore, kept, training);
    }

    /** Maximum and mean over real tokens: {@code [B, T, H], [B, T, 1] → [B, 2H]}. */
    private static NDArray pool(NDArray states, NDArray mask) {
        NDArray real = states.mul(mask);
        NDArray maximum = real.add(mask.sub(1f).mul(LARGE)).max(new int[] {1});
        NDArray mean = real.sum(new int[] {1}).div(mask.sum(new int[] {1}));
        return maximum.concat(mean, 1);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape cells = inputShapes[0];
        tables.forEach(table -> table.initialize(manager, dataType, cells));
        Shape embedded = cells.add(embeddedSize);
        inputDropout.initialize(manager, dataType, embedded);
        encoder.initialize(manager, dataType, embedded, inputShapes[tables.size()]);
        Shape features = head == Head.PER_TEXT ? new Shape(cells.get(0), 2L * encodedSize) : cells.add(encodedSize);
        outputDropout.initialize(manager, dataType, features);
        output.initialize(manager, dataType, features);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape cells = inputShapes[0];
        return new Shape[] {head == Head.PER_TEXT ? new Shape(cells.get(0), classes) : cells.add(classes)};
    }
}
