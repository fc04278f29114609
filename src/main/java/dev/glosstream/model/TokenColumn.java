package dev.glosstream.model;

/**
 * One thing a model looks up about each token, in an embedding table of its own.
 *
 * @param feature what is looked up
 * @param length characters of a prefix or suffix, 1 to 8; 0 for the other features
 * @param dimension columns of the embedding table, 1 to 1,024
 * @param vocabulary file name of the vocabulary within the bundle
 */
public record TokenColumn(Feature feature, int length, int dimension, String vocabulary) {

    /** What a token column looks up. */
    public enum Feature {
        /** The normalised token. */
        WORD,
        /** Its first characters. */
        PREFIX,
        /** Its last characters. */
        SUFFIX,
        /** How it is written: capitals, digits, kind of symbol. */
        SHAPE
    }

    /** Validates the ranges. */
    public TokenColumn {
        boolean affix = feature == Feature.PREFIX || feature == Feature.SUFFIX;
        if (affix ? length < 1 || length > 8 : length != 0) {
            throw new IllegalArgumentException(
                    "column " + feature + ": expected length " + (affix ? "1 to 8" : "0") + ", got " + length);
        }
        if (dimension < 1 || dimension > 1024) {
            throw new IllegalArgumentException(
                    "column " + feature + ": expected dimension 1 to 1024, got " + dimension);
        }
    }
}
