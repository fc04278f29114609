package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.LstmSettings;

/**
 * What stands for a text: {@code states [B, T, S]}, {@code mask [B, T, 1]} → {@code [B, R]}; only real tokens count.
 *
 * @see Architecture.Representation
 */
final class TextRepresentation extends AbstractBlock {
    private static final byte VERSION = 1;
    private static final float LARGE = 1e4f;

    private final Architecture.Representation kind;
    private final LstmSettings lstm;
    private final Linear hidden;
    private final Linear score;

    @SuppressWarnings("this-escape")
    TextRepresentation(Architecture architecture) {
        super(VERSION);
        this.kind = architecture.representation();
        this.lstm = architecture.lstm();
        this.hidden = Linear.builder().setUnits(lstm.outputSize()).build();
        this.score = Linear.builder().setUnits(1).optBias(false).build();
        if (kind == Architecture.Representation.ATTENTION) {
            addChildBlock("attentionHidden", hidden);
            addChildBlock("attentionScore", score);
        }
    }

    int outputSize() {
        return kind == Architecture.Representation.MAX_MEAN ? 2 * lstm.outputSize() : lstm.outputSize();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray states = inputs.get(0);
        NDArray mask = inputs.get(1);
        return new NDList(
                switch (kind) {
                    case MAX_MEAN -> maxMean(states, mask);
                    case LAST -> last(states, mask);
                    case ATTENTION -> attention(states, mask, parameterStore, training);
                });
    }

    private static NDArray maxMean(NDArray states, NDArray mask) {
        NDArray real = states.mul(mask);
        NDArray maximum = real.add(mask.sub(1f).mul(LARGE)).max(new int[] {1});
        NDArray mean = real.sum(new int[] {1}).div(mask.sum(new int[] {1}));
        return maximum.concat(mean, 1);
    }

    private NDArray last(NDArray states, NDArray mask) {
        NDArray position = mask.sum(new int[] {1}).reshape(-1).sub(1f).toType(DataType.INT64, false);
        NDArray end = EmbeddingTable.cells(states, position);
        if (lstm.directions() == LstmSettings.Directions.FORWARD) {
            return end;
        }
        NDArray ahead = end.get(new NDIndex(":, :{}", lstm.stateSize()));
        NDArray behind = states.get(new NDIndex(":, 0, {}:", lstm.stateSize()));
        return ahead.concat(behind, 1);
    }

    private NDArray attention(NDArray states, NDArray mask, ParameterStore parameterStore, boolean training) {
        NDArray activations = hidden.forward(parameterStore, new NDList(states), training)
                .head()
                .tanh();
        NDArray scores =
                score.forward(parameterStore, new NDList(activations), training).head();
        NDArray weights = scores.add(mask.sub(1f).mul(LARGE)).softmax(1);
        return states.mul(weights).sum(new int[] {1});
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        if (kind == Architecture.Representation.ATTENTION) {
            hidden.initialize(manager, dataType, inputShapes[0]);
            score.initialize(manager, dataType, inputShapes[0]);
        }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {new Shape(inputShapes[0].get(0), outputSize())};
    }
}
