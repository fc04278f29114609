package dev.glosstream.train.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * What one text adds to the sums behind every figure: a sparse vector, so that resampling a thousand times is cheap.
 * Immutable.
 */
final class TextCounts {
    private final int[] slots;
    private final double[] amounts;

    private TextCounts(int[] slots, double[] amounts) {
        this.slots = slots;
        this.amounts = amounts;
    }

    /** Adds this text to sums. */
    void addTo(double[] sums) {
        for (int index = 0; index < slots.length; index++) {
            sums[slots[index]] += amounts[index];
        }
    }

    /** Returns the sums over texts. */
    static double[] sum(Iterable<TextCounts> texts, int slots) {
        double[] sums = new double[slots];
        texts.forEach(text -> text.addTo(sums));
        return sums;
    }

    /** Collects the counts of one text. */
    static final class Builder {
        private final List<Integer> slots = new ArrayList<>();
        private final List<Double> amounts = new ArrayList<>();

        /** Adds an amount to a slot; a slot may come more than once. */
        Builder add(int slot, double amount) {
            slots.add(slot);
            amounts.add(amount);
            return this;
        }

        TextCounts build() {
            return new TextCounts(
                    slots.stream().mapToInt(Integer::intValue).toArray(),
                    amounts.stream().mapToDouble(Double::doubleValue).toArray());
        }
    }
}
