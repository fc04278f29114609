package dev.glosstream.train;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of one step in native memory: of an embedding table the rows that the batch looks up, of any other
 * parameter all.
 *
 * <p>They are made when the network asks for them and belong to the step's manager, gradients included, so nothing of a step
 * outlives it, and neither the table nor its gradient is ever gone through as a whole.
 */
final class StepParameters extends ParameterStore {
    static final int[] ALL = {0};

    private final NDManager manager;
    private final Map<Parameter, HeapParameter> parameters;
    private final Map<Parameter, int[]> rows;
    private final Map<Parameter, NDArray> arrays = new HashMap<>();

    /**
     * Creates the store of a step.
     *
     * @param manager owns the arrays; closed by the caller
     * @param rows rows that are looked up, of embedding tables; brought up to date already
     */
    StepParameters(NDManager manager, Map<Parameter, HeapParameter> parameters, Map<Parameter, int[]> rows) {
        super(manager, false);
        this.manager = manager;
        this.parameters = parameters;
        this.rows = rows;
    }

    /** Returns the rows of this step, {@code [rows, width]}, or the whole parameter in its own shape. */
    @Override
    public @Nullable NDArray getValue(@Nullable Parameter parameter, Device device, boolean training) {
        return parameter == null ? null : arrays.computeIfAbsent(parameter, this::copy);
    }

    private NDArray copy(Parameter parameter) {
        HeapParameter heap = heap(parameter);
        int[] wanted = rowsOf(parameter);
        int width = heap.width();
        Shape shape = rows.containsKey(parameter)
                ? new Shape(wanted.length, width)
                : parameter.getArray().getShape();
        NDArray array = manager.create(shape, DataType.FLOAT32);
        // A view of the native memory: written here, before the engine reads it.
        ByteBuffer view = array.toByteBuffer(true);
        for (int row : wanted) {
            view.asFloatBuffer().put(heap.values(), row * width, width);
            view.position(view.position() + width * Float.BYTES);
        }
        array.setRequiresGradient(parameter.requiresGradient());
        return array;
    }

    private HeapParameter heap(Parameter parameter) {
        HeapParameter heap = parameters.get(parameter);
        if (heap == null) {
            throw new IllegalArgumentException(
                    "parameter '" + parameter.getName() + "': expected one of the network, got another");
        }
        return heap;
    }

    /** Returns the rows of a parameter that this step holds. */
    int[] rowsOf(Parameter parameter) {
        return rows.getOrDefault(parameter, ALL);
    }

    /** Returns the gradient of what this step holds of a parameter, row after row; null if it has none. */
    float @Nullable [] gradient(Parameter parameter) {
        NDArray array = arrays.get(parameter);
        if (array == null || !parameter.requiresGradient()) {
            return null;
        }
        float[] gradient = new float[Math.toIntExact(array.size())];
        array.getGradient().toByteBuffer(true).asFloatBuffer().get(gradient);
        return gradient;
    }
}
