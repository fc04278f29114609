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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The network of every bundle: token columns → LSTM → (representation of the text) → linear layer.
 *
 * <p>Inputs, as {@link BatchArrays} makes them: for each of {@code C} columns ids {@code [B, T]} or {@code [B, T, W]} int64;
 * reversal {@code [B * T]} int64; mask {@code [B, T, 1]} float32. Output: {@code [B, T, K]} for {@link Head#PER_TOKEN};
 * {@code [B, K]} for {@link Head#PER_TEXT}. Cells of padding hold values that mean nothing and must not be read.
 */
public final class SequenceNetwork extends AbstractBlock {
    private static final byte VERSION = 1;

    /** What the linear layer is applied to. */
    public enum Head {
        /** Each real token. */
        PER_TOKEN,
        /** The text as a whole. */
        PER_TEXT
    }

    private final Head head;
    private final int classes;
    private final Architecture architecture;
    private final List<EmbeddingTable> tables = new ArrayList<>();
    private final List<ColumnBlock> columns = new ArrayList<>();
    private final Dropout inputDropout;
    private final LstmEncoder encoder;
    private final TextRepresentation representation;
    private final Dropout outputDropout;
    private final Linear output;

    /**
     * Creates the network, without parameters.
     *
     * @param architecture columns and sizes
     * @param rows rows of each column's table
     * @param head what is classified
     * @param classes {@code K}
     * @param dropout rates while training
     */
    @SuppressWarnings("this-escape")
    public SequenceNetwork(
            Architecture architecture, List<Integer> rows, Head head, int classes, DropoutRates dropout) {
        super(VERSION);
        this.head = head;
        this.classes = classes;
        this.architecture = architecture;
        addColumns(rows);
        this.inputDropout = addChildBlock("inputDropout", dropout(dropout.embedding()));
        this.encoder = addChildBlock("lstm", new LstmEncoder(architecture.lstm(), dropout.betweenLayers()));
        this.representation = new TextRepresentation(architecture);
        if (head == Head.PER_TEXT) {
            addChildBlock("representation", representation);
        }
        this.outputDropout = addChildBlock("outputDropout", dropout(dropout.output()));
        this.output = addChildBlock("output", Linear.builder().setUnits(classes).build());
    }

    private static Dropout dropout(float rate) {
        return Dropout.builder().optRate(rate).build();
    }

    private void addColumns(List<Integer> rows) {
        Map<String, EmbeddingTable> shared = new HashMap<>();
        for (int index = 0; index < rows.size(); index++) {
            TokenColumn column = architecture.columns().get(index);
            EmbeddingTable own = new EmbeddingTable(rows.get(index), column.dimension());
            EmbeddingTable first =
                    column.file().map(file -> shared.putIfAbsent(file, own)).orElse(null);
            EmbeddingTable table = first == null ? own : first;
            tables.add(table);
            columns.add(addChildBlock("column" + index, new ColumnBlock(column, table, first == null)));
        }
    }

    /** Returns the embedding table of each column; columns may share one. */
    public List<EmbeddingTable> tables() {
        return List.copyOf(tables);
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray reversal = inputs.get(columns.size());
        NDArray mask = inputs.get(columns.size() + 1);
        NDList vectors = new NDList();
        for (int column = 0; column < columns.size(); column++) {
            vectors.addAll(columns.get(column).forward(parameterStore, new NDList(inputs.get(column)), training));
        }
        NDArray embedded = vectors.size() == 1 ? vectors.head() : NDArrays.concat(vectors, 2);
        NDList dropped = inputDropout.forward(parameterStore, new NDList(embedded), training);
        NDArray states = encoder.forward(parameterStore, new NDList(dropped.head(), reversal), training)
                .head();
        NDArray features = head == Head.PER_TEXT
                ? representation
                        .forward(parameterStore, new NDList(states, mask), training)
                        .head()
                : states;
        NDList kept = outputDropout.forward(parameterStore, new NDList(features), training);
        return output.forward(parameterStore, kept, training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape cells = inputShapes[0].slice(0, 2);
        int width = 0;
        for (int column = 0; column < columns.size(); column++) {
            columns.get(column).initialize(manager, dataType, inputShapes[column]);
            width += architecture.columns().get(column).outputSize();
        }
        Shape embedded = cells.add(width);
        Shape states = cells.add(architecture.lstm().outputSize());
        inputDropout.initialize(manager, dataType, embedded);
        encoder.initialize(manager, dataType, embedded, inputShapes[columns.size()]);
        Shape features = states;
        if (head == Head.PER_TEXT) {
            representation.initialize(manager, dataType, states, cells.add(1));
            features = new Shape(cells.get(0), representation.outputSize());
        }
        outputDropout.initialize(manager, dataType, features);
        output.initialize(manager, dataType, features);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        Shape cells = inputShapes[0].slice(0, 2);
        return new Shape[] {head == Head.PER_TEXT ? new Shape(cells.get(0), classes) : cells.add(classes)};
    }
}
