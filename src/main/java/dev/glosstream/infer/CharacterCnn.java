package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.LayoutType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A convolution over three characters at a time, tanh, and its maximum over the token.
 *
 * @see <a href="https://doi.org/10.18653/v1/P16-1101">Ma and Hovy, "End-to-end Sequence Labeling via Bi-directional
 *     LSTM-CNNs-CRF", 2016</a>
 */
final class CharacterCnn extends CharacterBlock {
    private static final int KERNEL = 3;
    /** Below every value of tanh. */
    private static final float LOWEST = 2f;

    private final int filters;
    private final Conv1d convolution;

    @SuppressWarnings("this-escape")
    CharacterCnn(int filters) {
        this.filters = filters;
        this.convolution = addChildBlock(
                "convolution",
                Conv1d.builder()
                        .setKernelShape(new Shape(KERNEL))
                        .optPadding(new Shape(KERNEL / 2))
                        .setFilters(filters)
                        .build());
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        Shape shape = inputs.get(0).getShape();
        NDArray mask = inputs.get(1).reshape(-1, 1, shape.get(2));
        NDArray vectors = inputs.get(0).mul(inputs.get(1)).reshape(-1, shape.get(2), shape.get(3));
        NDArray convolved = convolution
                .forward(parameterStore, new NDList(vectors.transpose(0, 2, 1)), training)
                .head();
        NDArray real = convolved.tanh().sub(mask.mul(-1f).add(1f).mul(LOWEST));
        return new NDList(real.max(new int[] {2}).reshape(shape.get(0), shape.get(1), filters));
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape vectors = inputShapes[0];
        convolution.initialize(
                manager,
                dataType,
                new Shape(
                        new long[] {vectors.get(0) * vectors.get(1), vectors.get(3), vectors.get(2)},
                        new LayoutType[] {LayoutType.BATCH, LayoutType.CHANNEL, LayoutType.WIDTH}));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {inputShapes[0].slice(0, 2).add(filters)};
    }
}
