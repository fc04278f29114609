package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * The last states of two LSTMs, one over the characters forwards, one over them backwards.
 *
 * <p>Of the {@code W} ids of a token the first half is its characters in order, the second half the same in reverse.
 *
 * @see <a href="https://doi.org/10.18653/v1/N16-1030">Lample et al., "Neural Architectures for Named Entity Recognition",
 *     2016</a>
 */
final class CharacterLstm extends CharacterBlock {
    private final int filters;
    private final int length;
    private final LstmDirection forward;
    private final LstmDirection backward;

    @SuppressWarnings("this-escape")
    CharacterLstm(int filters, int length) {
        this.filters = filters;
        this.length = length;
        this.forward = addChildBlock("forward", new LstmDirection(filters / 2, false));
        this.backward = addChildBlock("backward", new LstmDirection(filters / 2, false));
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        Shape shape = inputs.get(0).getShape();
        NDArray vectors = inputs.get(0).reshape(-1, shape.get(2), shape.get(3));
        NDArray mask = inputs.get(1).reshape(-1, shape.get(2));
        NDArray last = mask.get(new NDIndex(":, :{}", length))
                .sum(new int[] {1})
                .sub(1f)
                .maximum(0f)
                .toType(DataType.INT64, false);
        NDArray ahead = lastState(forward, vectors.get(":, :{}", length), last, parameterStore, training);
        NDArray behind = lastState(backward, vectors.get(":, {}:", length), last, parameterStore, training);
        return new NDList(ahead.concat(behind, 1).reshape(shape.get(0), shape.get(1), filters));
    }

    /** {@code vectors [N, L, D]}, {@code last [N]} → {@code [N, F / 2]}. */
    private static NDArray lastState(
            LstmDirection lstm, NDArray vectors, NDArray last, ParameterStore parameterStore, boolean training) {
        NDArray states =
                lstm.forward(parameterStore, new NDList(vectors), training).head();
        return EmbeddingTable.cells(states, last);
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType dataType, Shape... inputShapes) {
        Shape vectors = inputShapes[0];
        Shape characters = new Shape(vectors.get(0) * vectors.get(1), length, vectors.get(3));
        forward.initialize(manager, dataType, characters);
        backward.initialize(manager, dataType, characters);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {inputShapes[0].slice(0, 2).add(filters)};
    }
}
