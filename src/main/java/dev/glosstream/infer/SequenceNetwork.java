package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
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

    /** What comes before the head; networks of several heads share it. */
    private record EncoderLayers(
            List<EmbeddingTable> tables, List<ColumnBlock> columns, Dropout inputDropout, LstmEncoder lstm) {

        static EncoderLayers of(Architecture architecture, List<Integer> rows, DropoutRates dropout) {
            Map<String, EmbeddingTable> shared = new HashMap<>();
            List<EmbeddingTable> tables = new ArrayList<>();
            List<ColumnBlock> columns = new ArrayList<>();
            for (int index = 0; index < rows.size(); index++) {
                TokenColumn column = architecture.columns().get(index);
                EmbeddingTable own = new EmbeddingTable(rows.get(index), column.dimension());
                EmbeddingTable first =
                        column.file().map(file -> shared.putIfAbsent(file, own)).orElse(null);
                EmbeddingTable table = first == null ? own : first;
                tables.add(table);
                columns.add(new ColumnBlock(column, table, first == null));
            }
            return new EncoderLayers(
                    List.copyOf(tables),
                    List.copyOf(columns),
                    dropout(dropout.embedding()),
                    new LstmEncoder(architecture.lstm(), dropout.betweenLayers()));
        }
    }

    private final Head head;
    private final int classes;
    private final Architecture architecture;
    private final EncoderLayers layers;
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
    public SequenceNetwork(
            Architecture architecture, List<Integer> rows, Head head, int classes, DropoutRates dropout) {
        this(architecture, EncoderLayers.of(architecture, rows, dropout), head, classes, dropout);
    }

    @SuppressWarnings("this-escape")
    private SequenceNetwork(
            Architecture architecture, EncoderLayers layers, Head head, int classes, DropoutRates dropout) {
        super(VERSION);
        this.head = head;
        this.classes = classes;
        this.architecture = architecture;
        this.layers = layers;
        for (int column = 0; column < layers.columns().size(); column++) {
            addChildBlock("column" + column, layers.columns().get(column));
        }
        addChildBlock("inputDropout", layers.inputDropout());
        addChildBlock("lstm", layers.lstm());
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

    /**
     * Returns another network on the same embedding tables and LSTM: what one learns of them, the other knows.
     *
     * @param other what it classifies
     * @param otherClasses its {@code K}
     * @param dropout its rate before the linear layer while training; the others are those of this network
     */
    public SequenceNetwork beside(Head other, int otherClasses, DropoutRates dropout) {
        return new SequenceNetwork(architecture, layers, other, otherClasses, dropout);
    }

    /** Returns the embedding table of each column; columns may share one. */
    public List<EmbeddingTable> tables() {
        return layers.tables();
    }

    /** Returns the parameters before the head, of embedding tables first; each once, in a fixed order. */
    public List<Parameter> encoderParameters() {
        List<Parameter> parameters = new ArrayList<>();
        layers.columns()
                .forEach(column -> parameters.addAll(column.getParameters().values()));
        parameters.addAll(layers.lstm().getParameters().values());
        return parameters;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray states = encode(parameterStore, inputs, training);
        return new NDList(classify(parameterStore, states, inputs.get(inputs.size() - 1), training));
    }

    /** Returns the LSTM's states {@code [B, T, S]}, which every network on the same layers reads. */
    public NDArray encode(ParameterStore parameterStore, NDList inputs, boolean training) {
        List<ColumnBlock> columns = layers.columns();
        NDArray reversal = inputs.get(columns.size());
        NDList vectors = new NDList();
        for (int column = 0; column < columns.size(); column++) {
            vectors.addAll(columns.get(column).forward(parameterStore, new NDList(inputs.get(column)), training));
        }
        NDArray embedded = vectors.size() == 1 ? vectors.head() : NDArrays.concat(vectors, 2);
        NDList dropped = layers.inputDropout().forward(parameterStore, new NDList(embedded), training);
        return layers.lstm()
                .forward(parameterStore, new NDList(dropped.head(), reversal), training)
                .head();
    }

    /** Returns the head's scores of states {@code [B, T, S]}, as {@link #forward} returns them. */
    NDArray classify(ParameterStore parameterStore, NDArray states, NDArray mask, boolean training) {
        NDArray features = head == Head.PER_TEXT
                ? representation
                        .forward(parameterStore, new NDList(states, mask), training)
                        .head()
                : states;
        NDList kept = outputDropout.forward(parameterStore, new NDList(features), training);
        return output.forward(parameterStore, kept, training).head();
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        List<ColumnBlock> columns = layers.columns();
        Shape cells = inputShapes[0].slice(0, 2);
        int width = 0;
        for (int column = 0; column < columns.size(); column++) {
            columns.get(column).initialize(manager, dataType, inputShapes[column]);
            width += architecture.columns().get(column).outputSize();
        }
        Shape embedded = cells.add(width);
        Shape states = cells.add(architecture.lstm().outputSize());
        layers.inputDropout().initialize(manager, dataType, embedded);
        layers.lstm().initialize(manager, dataType, embedded, inputShapes[columns.size()]);
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
