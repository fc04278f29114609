package dev.glosstream.infer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.glosstream.model.Architecture;
import dev.glosstream.sequence.PaddedBatch;

/** Carries a padded batch into native memory, in the order that {@link SequenceNetwork} reads. */
public final class BatchArrays {
    private BatchArrays() {}

    /**
     * Returns ids {@code [B, T]} (several per token: {@code [B, T, W]}) per column, reversal {@code [B * T]}, mask {@code [B,
     * T, 1]}.
     *
     * @param manager owns and closes the arrays
     */
    public static NDList of(NDManager manager, PaddedBatch batch) {
        Shape cells = new Shape(batch.batchSize(), batch.paddedLength());
        NDList arrays = new NDList(batch.columnCount() + 2);
        for (int column = 0; column < batch.columnCount(); column++) {
            arrays.add(manager.create(batch.ids(column), idShape(cells, batch.idsPerToken(column))));
        }
        arrays.add(manager.create(batch.reversal(), new Shape(cells.size())));
        arrays.add(manager.create(batch.attentionMask(), cells.add(1)));
        return arrays;
    }

    /** Returns the shape of the ids of a column. */
    static Shape idShape(Shape cells, int idsPerToken) {
        return idsPerToken == 1 ? cells : cells.add(idsPerToken);
    }

    /** Returns the shapes of these arrays for a batch of one token, to initialise a network with. */
    public static Shape[] shapes(Architecture architecture) {
        int columns = architecture.columns().size();
        Shape[] shapes = new Shape[columns + 2];
        for (int column = 0; column < columns; column++) {
            shapes[column] =
                    idShape(new Shape(1, 1), architecture.columns().get(column).idsPerToken());
        }
        shapes[columns] = new Shape(1);
        shapes[columns + 1] = new Shape(1, 1, 1);
        return shapes;
    }
}
