package dev.glosstream.train;

import ai.djl.nn.Parameter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A parameter of the network while it is trained: its values, on the Java heap, and what the optimiser remembers of it.
 *
 * <p>Shape {@code [rows, width]}, row-major. An embedding table has one row per id, and a step touches only the rows that its
 * batch looks up; any other parameter is a single row that every step touches. One thread.
 */
final class HeapParameter {
    private final Parameter parameter;
    private final int rows;
    private final int width;
    private final float[] values;
    private final float[] first;
    private final float[] second;
    private final int[] settled;
    private final int[] touched;
    private float rate = 1;

    /**
     * Takes the values that the parameter has.
     *
     * @param rows rows of an embedding table, 1 for any other parameter
     */
    HeapParameter(Parameter parameter, int rows) {
        this.parameter = parameter;
        this.rows = rows;
        this.values = parameter.getArray().toFloatArray();
        this.width = values.length / rows;
        this.first = new float[values.length];
        this.second = new float[values.length];
        this.settled = new int[rows];
        this.touched = new int[rows];
    }

    Parameter parameter() {
        return parameter;
    }

    int rows() {
        return rows;
    }

    int width() {
        return width;
    }

    /** Returns by what the learning rate of its values is multiplied. */
    float rate() {
        return rate;
    }

    /** Says by what the learning rate of its values is multiplied; 1 if nobody does. */
    void learnAt(double factor) {
        rate = (float) factor;
    }

    /** Returns the values; not copied. */
    float[] values() {
        return values;
    }

    /** Returns the optimiser's first memory (mean or velocity) of each value; not copied. */
    float[] first() {
        return first;
    }

    /** Returns the optimiser's second memory (variance) of each value; not copied. */
    float[] second() {
        return second;
    }

    /** Returns the step to which the values of each row are brought, 0 before the first; not copied. */
    int[] settled() {
        return settled;
    }

    /** Returns the step at which each row last had a gradient, 0 if never; its memories are of that step; not copied. */
    int[] touched() {
        return touched;
    }

    void write(DataOutputStream out) throws IOException {
        FloatArrays.write(out, values);
        FloatArrays.write(out, first);
        FloatArrays.write(out, second);
        FloatArrays.write(out, settled);
        FloatArrays.write(out, touched);
    }

    void read(DataInputStream in) throws IOException {
        FloatArrays.read(in, values);
        FloatArrays.read(in, first);
        FloatArrays.read(in, second);
        FloatArrays.read(in, settled);
        FloatArrays.read(in, touched);
    }

    @Override
    public String toString() {
        return "HeapParameter[" + parameter.getName() + ", " + rows + ", " + width + "]";
    }
}
