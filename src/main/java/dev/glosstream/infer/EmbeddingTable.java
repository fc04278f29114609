package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Embedding;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * An embedding layer: a table of one vector per id, in which ids are looked up.
 *
 * <p>Shapes: ids {@code [...]} int64 → vectors {@code [..., D]}. It is the product of a one-hot encoding with the table
 * {@code [rows, D]}, without ever making the one-hot encoding: the gradient of a row is the sum of the gradients at the
 * places where its id stood. The padding row is looked up like any other: it
 * is zero, and whoever reads the vectors sees to it that it counts for nothing and gets no gradient.
 */
public final class EmbeddingTable extends AbstractBlock {
    private static final byte VERSION = 1;

    private final Parameter table;
    private final int rows;
    private final int dimension;

    /**
     * Creates a table.
     *
     * @param rows number of ids
     * @param dimension values per vector
     */
    @SuppressWarnings("this-escape")
    public EmbeddingTable(int rows, int dimension) {
        super(VERSION);
        this.rows = rows;
        this.dimension = dimension;
        this.table = addParameter(Parameter.builder()
                .setName("embedding")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(rows, dimension))
                .build());
    }

    /**
     * Picks rows of any matrix: {@code out[i] = matrix[indices[i]]}; differentiable in the matrix.
     *
     * @param indices int64 of any shape {@code [...]}
     * @param matrix {@code [R, D]}
     * @return {@code [..., D]}
     */
    public static NDArray rows(NDArray indices, NDArray matrix) {
        return Embedding.embedding(indices, matrix, SparseFormat.DENSE).singletonOrThrow();
    }

    /**
     * Picks one cell of each row of states.
     *
     * @param states {@code [N, L, H]}
     * @param positions int64 {@code [N]}, each below {@code L}
     * @return {@code [N, H]}
     */
    static NDArray cells(NDArray states, NDArray positions) {
        Shape shape = states.getShape();
        int length = Math.toIntExact(shape.get(1));
        NDArray starts = states.getManager()
                .arange(0, Math.toIntExact(shape.get(0)) * length, length)
                .toType(DataType.INT64, false);
        return rows(starts.add(positions), states.reshape(shape.get(0) * shape.get(1), shape.get(2)));
    }

    /** Returns the parameter that holds the table, {@code [rows, D]}. */
    public Parameter parameter() {
        return table;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameterStore, NDList inputs, boolean training, PairList<String, Object> params) {
        NDArray ids = inputs.singletonOrThrow();
        return new NDList(rows(ids, parameterStore.getValue(table, ids.getDevice(), training)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
        return new Shape[] {inputShapes[0].add(dimension)};
    }

    @Override
    public String toString() {
        return "EmbeddingTable[" + rows + ", " + dimension + "]";
    }
}
