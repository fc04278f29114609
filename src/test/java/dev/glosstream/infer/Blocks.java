package dev.glosstream.infer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;

/** Runs blocks with weights of the test's choice. */
final class Blocks {
    private Blocks() {}

    /** Returns what a block makes of its inputs while serving. */
    static NDArray run(NDManager manager, Block block, NDArray... inputs) {
        return block.forward(new ParameterStore(manager, false), new NDList(inputs), false)
                .head();
    }

    /** Sets the parameter whose path contains one text and ends with another. */
    static void set(Block block, String within, String name, float... values) {
        find(block, within, name).set(values);
    }

    /** Returns the array of the parameter whose path contains one text and ends with another. */
    static NDArray find(Block block, String within, String name) {
        return block.getParameters().stream()
                .filter(pair -> pair.getKey().contains(within) && pair.getKey().endsWith(name))
                .map(pair -> pair.getValue())
                .map(Parameter::getArray)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no parameter " + within + " " + name + " in "
                        + block.getParameters().keys()));
    }

    /** Returns a matrix as rows. */
    static float[][] matrix(NDArray array) {
        int rows = (int) array.getShape().get(0);
        int columns = (int) array.getShape().get(1);
        float[] values = array.toFloatArray();
        float[][] matrix = new float[rows][columns];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * columns, matrix[row], 0, columns);
        }
        return matrix;
    }

    /** Returns the plain LSTM with the weights of one of a block's. */
    static LstmReference lstm(Block block, String within) {
        return new LstmReference(
                matrix(find(block, within, "i2h_WEIGHT")),
                matrix(find(block, within, "h2h_WEIGHT")),
                find(block, within, "i2h_BIAS").toFloatArray(),
                find(block, within, "h2h_BIAS").toFloatArray());
    }
}
