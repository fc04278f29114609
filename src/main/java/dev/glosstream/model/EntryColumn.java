package dev.glosstream.model;

import java.util.Locale;
import java.util.Optional;

/**
 * A column with one entry per token, found in a vocabulary.
 *
 * @param feature what the entry is
 * @param length characters of a prefix or suffix, 1 to 8; 0 for the other features
 * @param dimension columns of the embedding table, 1 to 1,024
 * @param vocabulary file name of the vocabulary within the bundle
 */
public record EntryColumn(Feature feature, int length, int dimension, String vocabulary) implements TokenColumn {

    /** What an entry is. */
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
    public EntryColumn {
        boolean affix = feature == Feature.PREFIX || feature == Feature.SUFFIX;
        TokenColumn.require(feature.name(), "length", length, affix ? 1 : 0, affix ? 8 : 0);
        TokenColumn.require(feature.name(), "dimension", dimension, 1, 1024);
    }

    @Override
    public int idsPerToken() {
        return 1;
    }

    @Override
    public int outputSize() {
        return dimension;
    }

    @Override
    public Optional<String> file() {
        return Optional.of(vocabulary);
    }

    @Override
    public String describe() {
        return feature.name().toLowerCase(Locale.ROOT) + (length == 0 ? "" : " of " + length) + " (" + dimension + ")";
    }
}
