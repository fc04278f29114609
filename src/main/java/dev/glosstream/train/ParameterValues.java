package dev.glosstream.train;

import ai.djl.ndarray.NDArray;

/**
 * Writes values into the array of a parameter.
 *
 * <p>Through the view of its native memory, by no operation of the engine: PyTorch refuses operations that change a parameter
 * on a thread that records gradients, and that is every thread but the one that loaded the engine, whichever it was.
 */
final class ParameterValues {
    private ParameterValues() {}

    /**
     * Replaces all values of an array.
     *
     * @param array float32, on the processor
     * @param values row-major, as many as the array has
     */
    static void write(NDArray array, float[] values) {
        if (array.size() != values.length) {
            throw new IllegalArgumentException("parameter '" + array.getName() + "': expected " + array.size()
                    + " values for " + array.getShape() + ", got " + values.length);
        }
        array.toByteBuffer(true).asFloatBuffer().put(values);
    }
}
