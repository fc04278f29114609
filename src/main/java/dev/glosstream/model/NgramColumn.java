package dev.glosstream.model;

import java.util.Optional;

/**
 * A column with the character n-grams of a token, hashed: a word that no vocabulary knows still has a vector, the mean of
 * those of its n-grams.
 *
 * @param shortest characters of the shortest n-gram, 1 to 8; {@code <} and {@code >} around the token count
 * @param longest characters of the longest, {@code shortest} to 8
 * @param idsPerToken most n-grams kept of a token, 1 to 64
 * @param buckets rows that the n-grams share, 1 to 2,000,000
 * @param dimension columns of the embedding table, 1 to 1,024
 */
public record NgramColumn(int shortest, int longest, int idsPerToken, int buckets, int dimension)
        implements TokenColumn {

    /** Validates the ranges. */
    public NgramColumn {
        TokenColumn.require("NGRAMS", "shortest", shortest, 1, 8);
        TokenColumn.require("NGRAMS", "longest", longest, shortest, 8);
        TokenColumn.require("NGRAMS", "idsPerToken", idsPerToken, 1, 64);
        TokenColumn.require("NGRAMS", "buckets", buckets, 1, 2_000_000);
        TokenColumn.require("NGRAMS", "dimension", dimension, 1, 1024);
    }

    @Override
    public int outputSize() {
        return dimension;
    }

    @Override
    public Optional<String> file() {
        return Optional.empty();
    }

    @Override
    public String describe() {
        return "hashed n-grams of " + shortest + " to " + longest + " (" + dimension + ")";
    }
}
