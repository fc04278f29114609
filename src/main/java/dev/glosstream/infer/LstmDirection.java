package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.LayoutType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;

/**
 * One LSTM layer in one direction, that of its input: {@code [B, T, D] → [B, T, H]}.
 *
 * <p>It starts from zero, or from a hidden and a cell state {@code [1, H]} that are parameters, the same for every row.
 */
final class LstmDirection extends AbstractBlock {
    private static final byte VERSION = 1;

    private final int stateSize;
    private final boolean learned;
    private final LSTM lstm;

    @SuppressWarnings("this-escape")
    LstmDirection(int stateSize, boolean learned) {
        super(VERSION);
        this.stateSize = stateSize;
        this.learned = learned;
        if (learned) {
            addParameter(state("initialHidden"));
            addParameter(state("initialCell"));
        }
        this.lstm = addChildBlock(
                "lstm", LSTM.builder().setStateSize(stateSize).setNumLayers(1).build());
    }

    private Parameter state(String name) {
        return Parameter.builder()
                .setName(name)
                .setType(Parameter.Type.OTHER)
                .optInitializer(Initializer.ZEROS)
                .optShape(new Shape(1, stateSize))
                .build();
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDList all = new NDList(inputs.head());
        if (learned) {
            Shape states = new Shape(1, inputs.head().getShape().get(0), stateSize);
            for (Parameter state : getDirectParameters().values()) {
                NDArray value = parameterStore.getValue(state, inputs.head().getDevice(), training);
                all.add(value.expandDims(0).broadcast(states));
            }
        }
        return lstm.forward(parameterStore, all, training);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        lstm.initialize(manager, dataType, new Shape(inputShapes[0].getShape(), new LayoutType[] {
            LayoutType.BATCH, LayoutType.TIME, LayoutType.CHANNEL
        }));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {inputShapes[0].slice(0, 2).add(stateSize)};
    }
}
