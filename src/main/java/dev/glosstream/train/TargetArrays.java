package dev.glosstream.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;

/** Carries the targets of a batch into native memory, in the form its loss reads. */
final class TargetArrays {
    private TargetArrays() {}

    /** Returns the distributions {@code [B, K]} and weights {@code [B, 1]} that {@link SoftCrossEntropyLoss} reads. */
    static NDList ofClasses(NDManager manager, List<EncodedExample> batch) {
        int classes = batch.get(0).distribution().length;
        float[] distributions = new float[batch.size() * classes];
        for (int row = 0; row < batch.size(); row++) {
            System.arraycopy(batch.get(row).distribution(), 0, distributions, row * classes, classes);
        }
        return new NDList(manager.create(distributions, new Shape(batch.size(), classes)), weights(manager, batch));
    }

    private static NDArray weights(NDManager manager, List<EncodedExample> batch) {
        float[] weights = new float[batch.size()];
        for (int row = 0; row < weights.length; row++) {
            weights[row] = batch.get(row).weight();
        }
        return manager.create(weights, new Shape(weights.length, 1));
    }

    /**
     * Returns what {@link CrfLoss} reads: the weights of the sequences {@code [B, 1]}; then, in pairs, where the scores of the
     * true tag paths stand (int64) and the weight of each: in the flattened emissions {@code [B, T, K]}, in start, in end, and
     * in the flattened transitions {@code [K, K]} (left out if no sequence has two tokens).
     *
     * @param paddedLength {@code T}
     * @param tags {@code K}
     */
    static NDList ofTags(NDManager manager, List<EncodedExample> batch, int paddedLength, int tags) {
        Places cells = new Places();
        Places first = new Places();
        Places last = new Places();
        Places pairs = new Places();
        for (int row = 0; row < batch.size(); row++) {
            EncodedExample example = batch.get(row);
            int length = example.ids().sequenceLength();
            for (int position = 0; position < length; position++) {
                long cell = (long) row * paddedLength + position;
                cells.add(cell * tags + example.tag(position), example);
                if (position > 0) {
                    pairs.add((long) example.tag(position - 1) * tags + example.tag(position), example);
                }
            }
            first.add(example.tag(0), example);
            last.add(example.tag(length - 1), example);
        }
        NDList arrays = new NDList(weights(manager, batch));
        List.of(cells, first, last, pairs).forEach(places -> places.addTo(arrays, manager));
        return arrays;
    }

    /** Where scores stand, and how much each counts. */
    private static final class Places {
        private final List<Long> indices = new ArrayList<>();
        private final List<Float> weights = new ArrayList<>();

        void add(long index, EncodedExample example) {
            indices.add(index);
            weights.add(example.weight());
        }

        void addTo(NDList arrays, NDManager manager) {
            if (indices.isEmpty()) {
                return;
            }
            float[] factors = new float[weights.size()];
            for (int place = 0; place < factors.length; place++) {
                factors[place] = weights.get(place);
            }
            arrays.add(
                    manager.create(indices.stream().mapToLong(Long::longValue).toArray()));
            arrays.add(manager.create(factors, new Shape(factors.length, 1)));
        }
    }
}
