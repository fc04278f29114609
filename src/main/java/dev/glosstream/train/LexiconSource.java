package dev.glosstream.train;

import dev.glosstream.config.TextRule;
import dev.glosstream.train.corpus.WordClasses;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A file of a lexicon column.
 *
 * @param name class of its words, or first part of the names of its classes
 * @param format how it is written
 * @param path under the folder of the corpora
 */
public record LexiconSource(String name, WordClasses.Format format, String path) {
    private static final String FORMATS =
            Arrays.stream(WordClasses.Format.values()).map(LexiconSource::code).collect(Collectors.joining("|"));

    /** What the text of a source must look like. The name goes into a file whose separators are tab and comma. */
    static final TextRule RULE = new TextRule(
            "[A-Za-z0-9._-]{1,40}=((" + FORMATS + "):.+|[^:]+)",
            "NAME=PATH or NAME=FORMAT:PATH, NAME of letters, digits, '.', '_' and '-', FORMAT one of "
                    + FORMATS.replace("|", ", "));

    /**
     * Understands {@code NAME=FORMAT:PATH}, or {@code NAME=PATH} for a list of names.
     *
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static LexiconSource parse(String argument) {
        if (!RULE.accepts(argument)) {
            throw new IllegalArgumentException("lexicon: expected " + RULE.words() + ", got '" + argument + "'");
        }
        int equals = argument.indexOf('=');
        String source = argument.substring(equals + 1);
        int colon = source.indexOf(':');
        WordClasses.Format format = colon < 0
                ? WordClasses.Format.LIST
                : WordClasses.Format.valueOf(source.substring(0, colon).toUpperCase(Locale.ROOT));
        return new LexiconSource(argument.substring(0, equals), format, source.substring(colon + 1));
    }

    private static String code(WordClasses.Format format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
