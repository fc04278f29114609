package dev.glosstream.train;

import dev.glosstream.sequence.TokenIds;

/** What one text teaches: the ids a model reads, the answers it should give, and how much that counts. */
final class EncodedExample {
    private static final int[] NO_TAGS = {};
    private static final float[] NO_DISTRIBUTION = {};

    private final TokenIds ids;
    private final int[] tags;
    private final float[] distribution;
    private final float weight;

    private EncodedExample(TokenIds ids, int[] tags, float[] distribution, float weight) {
        this.ids = ids;
        this.tags = tags;
        this.distribution = distribution;
        this.weight = weight;
    }

    /**
     * Returns what a text with entities teaches.
     *
     * @param tags one per token; not copied
     */
    static EncodedExample ofTags(TokenIds ids, int[] tags, float weight) {
        return new EncodedExample(ids, tags, NO_DISTRIBUTION, weight);
    }

    /**
     * Returns what a text with a class teaches.
     *
     * @param distribution probability of each class; not copied
     */
    static EncodedExample ofClass(TokenIds ids, float[] distribution, float weight) {
        return new EncodedExample(ids, NO_TAGS, distribution, weight);
    }

    TokenIds ids() {
        return ids;
    }

    int tag(int position) {
        return tags[position];
    }

    int[] tags() {
        return tags;
    }

    float[] distribution() {
        return distribution;
    }

    float weight() {
        return weight;
    }

    EncodedExample withIds(TokenIds others) {
        return new EncodedExample(others, tags, distribution, weight);
    }

    EncodedExample withWeight(float other) {
        return new EncodedExample(ids, tags, distribution, other);
    }
}
