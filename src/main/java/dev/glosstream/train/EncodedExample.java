package dev.glosstream.train;

import dev.glosstream.sequence.TokenIds;

/** What one text teaches: the ids a model reads and the answers it should give. */
final class EncodedExample {
    private final TokenIds ids;
    private final int[] targets;

    /**
     * Creates an example.
     *
     * @param targets one class for a text, or one tag per token; not copied
     */
    EncodedExample(TokenIds ids, int[] targets) {
        this.ids = ids;
        this.targets = targets;
    }

    TokenIds ids() {
        return ids;
    }

    int target(int position) {
        return targets[position];
    }

    /** Returns the targets; not copied. */
    int[] targets() {
        return targets;
    }

    EncodedExample withIds(TokenIds others) {
        return new EncodedExample(others, targets);
    }
}
