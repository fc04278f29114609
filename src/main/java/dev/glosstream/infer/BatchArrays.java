package dev.glosstream.infer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glosstream.sequence.PaddedBatch;
import java.util.Arrays;

/** Carries a padded batch into native memory, in the order that {@link SequenceNetwork} reads. */
public final class BatchArrays {
    private BatchArrays() {}

    /**
     * Returns ids {@code [B, T]} per column, reversal {@code [B * T]}, mask {@code [B, T, 1]}.
     *
     * @param manager owns and closes the arrays
     */
    public static NDList of(NDManager manager, PaddedBatch batch) {
        Shape cells = new Shape(batch.batchSize(), batch.paddedLength());
        NDList arrays = new NDList(batch.columnCount() + 2);
        for (int column = 0; column < batch.columnCount(); column++) {
            arrays.add(manager.create(batch.ids(column), cells));
        }
        arrays.add(manager.create(batch.reversal(), new Shape(cells.size())));
        arrays.add(manager.create(batch.attentionMask(), cells.add(1)));
        return arrays;
    }

    /** Returns the shapes of these arrays for a network of that many columns, to initialise it with. */
    public static Shape[] shapes(int columns) {
        Shape[] shapes = new Shape[columns + 2];
        Arrays.fill(shapes, 0, columns, new Shape(1, 1));
        shapes[columns] = new Shape(1);
        shapes[columns + 1] = new Shape(1, 1, 1);
        return shapes;
    }
}
