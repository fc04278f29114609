package dev.glosstream.model;

import java.util.Optional;

/**
 * A column with the classes that a lexicon gives to words and phrases: valence, given name, city. The vectors of a token's
 * classes are added up; a token without a class has the zero vector.
 *
 * @param idsPerToken most classes kept of a token, 1 to 16
 * @param dimension columns of the embedding table, 1 to 1,024
 * @param lexicon file name of the lexicon within the bundle
 */
public record LexiconColumn(int idsPerToken, int dimension, String lexicon) implements TokenColumn {

    /** Validates the ranges. */
    public LexiconColumn {
        TokenColumn.require("LEXICON", "idsPerToken", idsPerToken, 1, 16);
        TokenColumn.require("LEXICON", "dimension", dimension, 1, 1024);
    }

    @Override
    public int outputSize() {
        return dimension;
    }

    @Override
    public Optional<String> file() {
        return Optional.of(lexicon);
    }

    @Override
    public String describe() {
        return "lexicon classes (" + dimension + ")";
    }
}
