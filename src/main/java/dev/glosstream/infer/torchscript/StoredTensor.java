package dev.glosstream.infer.torchscript;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/** An array of numbers in a program. Immutable as long as nobody writes into the values it was given. */
final class StoredTensor {
    private final String name;
    private final int[] shape;
    private final float[] values;
    private final Element element;

    /**
     * Creates a tensor.
     *
     * @param name by which the program reads it, a word of letters, digits and underscores
     * @param shape sizes, outermost first
     * @param values row-major, as many as the shape says; not copied
     * @param element how they are stored
     */
    StoredTensor(String name, int[] shape, float[] values, Element element) {
        int expected = IntStream.of(shape).reduce(1, Math::multiplyExact);
        if (values.length != expected) {
            throw new IllegalArgumentException(
                    "tensor '" + name + "': expected " + expected + " values, got " + values.length);
        }
        this.name = name;
        this.shape = shape.clone();
        this.values = values;
        this.element = element;
    }

    /** Returns the name. */
    String name() {
        return name;
    }

    /** Returns the sizes, outermost first; a copy. */
    int[] shape() {
        return shape.clone();
    }

    /** Returns the values, row-major; not a copy, not to be written into. */
    float[] values() {
        return values;
    }

    /** Returns how they are stored. */
    Element element() {
        return element;
    }

    /** Returns the same numbers, stored in another type. */
    StoredTensor as(Element other) {
        return new StoredTensor(name, shape, values, other);
    }

    /** Returns the distance of neighbours in each dimension. */
    int[] strides() {
        int[] strides = new int[shape.length];
        int stride = 1;
        for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
            strides[dimension] = stride;
            stride *= shape[dimension];
        }
        return strides;
    }

    /** Returns the values as they are stored, little-endian. */
    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.length, element.bytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            element.put(value, buffer);
        }
        return buffer.array();
    }
}
