package dev.glosstream.train;

import dev.glosstream.train.corpus.WordClasses;
import java.util.Locale;

/**
 * A file of a lexicon column.
 *
 * @param name class of its words, or first part of the names of its classes
 * @param format how it is written
 * @param path under the folder of the corpora
 */
public record LexiconSource(String name, WordClasses.Format format, String path) {

    /**
     * Understands {@code NAME=FORMAT:PATH}, or {@code NAME=PATH} for a list of names.
     *
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static LexiconSource parse(String argument) {
        int equals = argument.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException(
                    "lexicon '" + argument + "': expected NAME=PATH or NAME=FORMAT:PATH, got no name");
        }
        String name = argument.substring(0, equals);
        String source = argument.substring(equals + 1);
        int colon = source.indexOf(':');
        WordClasses.Format format = colon < 0
                ? WordClasses.Format.LIST
                : WordClasses.Format.valueOf(
                        source.substring(0, colon).toUpperCase(Locale.ROOT).replace('-', '_'));
        return new LexiconSource(name, format, source.substring(colon + 1));
    }
}
