package dev.glosstream.infer;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.glosstream.sequence.PaddedBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Native memory in which a scorer hands its batches to the engine, written anew for each: DJL would allocate some for every
 * array, which stays until the next garbage collection. As large as the largest batch so far needs. One thread.
 */
public final class BatchBuffers {
    private final List<ByteBuffer> buffers = new ArrayList<>();

    /** Creates buffers without memory. */
    public BatchBuffers() {}

    /**
     * Returns what a program is given: the ids of each column, int64 {@code [B, T]}, or {@code [B, T, W]} of a column with
     * several ids per token; the lengths of the rows, int64 {@code [B]}.
     *
     * @param manager owns the arrays; they are to be closed before the next call, which writes into the same memory
     */
    public NDList inputs(NDManager manager, PaddedBatch batch) {
        Shape cells = new Shape(batch.batchSize(), batch.paddedLength());
        NDList arrays = new NDList(batch.columnCount() + 1);
        for (int column = 0; column < batch.columnCount(); column++) {
            ByteBuffer ids = ofLongs(column, batch.idCount(column));
            batch.writeIds(column, ids.asLongBuffer());
            arrays.add(manager.create(ids, BatchArrays.idShape(cells, batch.idsPerToken(column)), DataType.INT64));
        }
        ByteBuffer lengths = ofLongs(batch.columnCount(), batch.batchSize());
        lengths.asLongBuffer().put(batch.lengths());
        arrays.add(manager.create(lengths, new Shape(batch.batchSize()), DataType.INT64));
        return arrays;
    }

    /** Returns exactly so many longs of a buffer's memory. */
    private ByteBuffer ofLongs(int index, int longs) {
        int bytes = Math.multiplyExact(longs, Long.BYTES);
        if (index == buffers.size()) {
            buffers.add(allocate(bytes));
        } else if (buffers.get(index).capacity() < bytes) {
            buffers.set(index, allocate(bytes));
        }
        return buffers.get(index).slice(0, bytes).order(ByteOrder.nativeOrder());
    }

    /** Twice as much as is needed: batches grow little by little, and each allocation costs. */
    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocateDirect((int) Math.min(Integer.MAX_VALUE, 2L * bytes));
    }
}
