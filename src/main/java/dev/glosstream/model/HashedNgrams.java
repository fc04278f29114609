package dev.glosstream.model;

import java.nio.charset.StandardCharsets;

/**
 * Ids of character n-grams without a list of them: an n-gram's id is its hash, so no word is without a vector and n-grams
 * that share a bucket share a row.
 *
 * <p>The hash is FNV-1a of 32 bits over the UTF-8 bytes.
 *
 * @see <a href="https://doi.org/10.1162/tacl_a_00051">Bojanowski et al., "Enriching Word Vectors with Subword Information",
 *     2017</a>
 * @param buckets number of hashed ids, at least 1
 */
public record HashedNgrams(int buckets) implements IdSpace {
    private static final int RESERVED = 2;
    private static final int OFFSET_BASIS = 0x811C9DC5;
    private static final int PRIME = 0x01000193;

    /** Validates the range. */
    public HashedNgrams {
        if (buckets < 1) {
            throw new IllegalArgumentException("hashed n-grams: expected at least one bucket, got " + buckets);
        }
    }

    @Override
    public int id(String entry) {
        int hash = OFFSET_BASIS;
        for (byte octet : entry.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xFF)) * PRIME;
        }
        return RESERVED + Integer.remainderUnsigned(hash, buckets);
    }

    @Override
    public int size() {
        return RESERVED + buckets;
    }
}
