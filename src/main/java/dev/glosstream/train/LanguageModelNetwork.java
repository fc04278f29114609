package dev.glosstream.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.Dropout;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import dev.glosstream.infer.SequenceNetwork;
import dev.glosstream.model.LstmSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * An encoder while it is pretrained: what its states say of the words around.
 *
 * <p>The forward LSTM's state at a token has read no further, and foretells the next word; the backward LSTM's state foretells
 * the word before. Each direction has a linear layer of its own; both compare with one table of a row per word, whose last
 * value is the word's bias.
 *
 * <p>Inputs as {@link SequenceNetwork}. Outputs: {@code [D * B * T, H]}, the cells of the forward direction before those of
 * the backward one, {@code D} directions; rows of the table {@code [K, H + 1]}: what {@link LanguageModelLoss} reads.
 *
 * @see <a href="https://doi.org/10.18653/v1/N18-1202">Peters et al., "Deep Contextualized Word Representations", 2018</a>
 * @see <a href="https://doi.org/10.18653/v1/P18-1031">Howard and Ruder, "Universal Language Model Fine-tuning for Text
 *     Classification", 2018</a>
 */
final class LanguageModelNetwork extends AbstractBlock {
    private static final byte VERSION = 1;

    private final SequenceNetwork network;
    private final int stateSize;
    private final Dropout dropout;
    private final List<Linear> directions = new ArrayList<>();
    private final Parameter words;

    /**
     * Creates the network.
     *
     * @param network whose encoder is pretrained; of one LSTM layer without normalisation
     * @param words rows of the table, {@code V}
     * @param rate share of the states' values that is dropped while training
     */
    @SuppressWarnings("this-escape")
    LanguageModelNetwork(SequenceNetwork network, LstmSettings lstm, int words, float rate) {
        super(VERSION);
        this.stateSize = lstm.stateSize();
        this.network = addChildBlock("network", network);
        this.dropout = addChildBlock("dropout", Dropout.builder().optRate(rate).build());
        for (int direction = 0; direction < lstm.outputSize() / stateSize; direction++) {
            Linear linear = Linear.builder().setUnits(stateSize).build();
            directions.add(addChildBlock("direction" + direction, linear));
        }
        this.words = addParameter(Parameter.builder()
                .setName("words")
                .setType(Parameter.Type.OTHER)
                .optInitializer(Initializer.ZEROS)
                .optShape(new Shape(words, stateSize + 1L))
                .build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray states = dropout.forward(store, new NDList(network.encode(store, inputs, training)), training)
                .head();
        NDList parts = directions.size() == 1 ? new NDList(states) : states.split(new long[] {stateSize}, 2);
        NDList cells = new NDList();
        for (int direction = 0; direction < directions.size(); direction++) {
            NDArray own = parts.get(direction).reshape(-1, stateSize);
            cells.add(directions
                    .get(direction)
                    .forward(store, new NDList(own), training)
                    .head());
        }
        return new NDList(
                cells.size() == 1 ? cells.head() : cells.get(0).concat(cells.get(1), 0),
                store.getValue(words, states.getDevice(), training));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        network.initialize(manager, dataType, inputShapes);
        Shape cells = new Shape(1, stateSize);
        dropout.initialize(manager, dataType, cells);
        directions.forEach(direction -> direction.initialize(manager, dataType, cells));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        long cells = directions.size() * inputShapes[0].get(0) * inputShapes[0].get(1);
        return new Shape[] {new Shape(cells, stateSize), new Shape(-1, stateSize + 1L)};
    }

    /** Returns the table of the words that are foretold, {@code [V, H + 1]}. */
    Parameter words() {
        return words;
    }

    /** Returns whether words before are foretold too. */
    boolean isBidirectional() {
        return directions.size() == 2;
    }
}
