package dev.glosstream.train;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Carries the targets of a batch into native memory, in the form its loss reads. */
final class TargetArrays {
    private TargetArrays() {}

    /** Returns the classes {@code [B, 1]} float32, as DJL's softmax cross entropy wants them. */
    static NDList ofClasses(NDManager manager, List<EncodedExample> batch) {
        float[] classes = new float[batch.size()];
        for (int row = 0; row < classes.length; row++) {
            classes[row] = batch.get(row).target(0);
        }
        return new NDList(manager.create(classes, new Shape(classes.length, 1)));
    }

    /**
     * Returns where the scores of the true tag paths stand, int64: in the flattened emissions {@code [B, T, K]}, in start,
     * in end, and in the flattened transitions {@code [K, K]} (left out if no sequence has two tokens).
     *
     * @param paddedLength {@code T}
     * @param tags {@code K}
     */
    static NDList ofTags(NDManager manager, List<EncodedExample> batch, int paddedLength, int tags) {
        LongStream.Builder cells = LongStream.builder();
        LongStream.Builder pairs = LongStream.builder();
        for (int row = 0; row < batch.size(); row++) {
            EncodedExample example = batch.get(row);
            for (int position = 0; position < example.ids().sequenceLength(); position++) {
                long cell = (long) row * paddedLength + position;
                cells.add(cell * tags + example.target(position));
                if (position > 0) {
                    pairs.add((long) example.target(position - 1) * tags + example.target(position));
                }
            }
        }
        long[] first = IntStream.range(0, batch.size())
                .mapToLong(row -> batch.get(row).target(0))
                .toArray();
        long[] last = batch.stream()
                .mapToLong(example -> example.target(example.ids().sequenceLength() - 1))
                .toArray();
        NDList arrays =
                new NDList(manager.create(cells.build().toArray()), manager.create(first), manager.create(last));
        long[] followed = pairs.build().toArray();
        if (followed.length > 0) {
            arrays.add(manager.create(followed));
        }
        return arrays;
    }
}
