package dev.glosstream.model;

import java.util.Locale;
import java.util.Optional;

/**
 * A column with the characters of a token, read by a small network of their own.
 *
 * @param reader the network
 * @param length most characters read of a token, 2 to 64; of a longer one the first and the last half of that
 * @param dimension columns of the embedding table, 1 to 1,024
 * @param filters values that the network adds to the token's vector, 2 to 1,024; even for an LSTM
 * @param vocabulary file name of the characters' vocabulary within the bundle
 */
public record CharacterColumn(Reader reader, int length, int dimension, int filters, String vocabulary)
        implements TokenColumn {

    /** How characters become one vector. */
    public enum Reader {
        /** A convolution over three characters, tanh, and its maximum over the token (Ma and Hovy, 2016). */
        CNN,
        /** The last states of an LSTM in each direction (Lample et al., 2016). */
        LSTM
    }

    /** Validates the ranges. */
    public CharacterColumn {
        TokenColumn.require("CHARACTERS", "length", length, 2, 64);
        TokenColumn.require("CHARACTERS", "dimension", dimension, 1, 1024);
        TokenColumn.require("CHARACTERS", "filters", filters, 2, 1024);
        if (reader == Reader.LSTM && filters % 2 != 0) {
            throw new IllegalArgumentException("column CHARACTERS: expected filters to be even, got " + filters);
        }
    }

    /** Returns {@code length}, for an LSTM twice: the characters forwards, then backwards. */
    @Override
    public int idsPerToken() {
        return reader == Reader.LSTM ? 2 * length : length;
    }

    @Override
    public int outputSize() {
        return filters;
    }

    @Override
    public Optional<String> file() {
        return Optional.of(vocabulary);
    }

    @Override
    public String describe() {
        return "characters by " + reader.name().toLowerCase(Locale.ROOT) + " (" + filters + ")";
    }
}
