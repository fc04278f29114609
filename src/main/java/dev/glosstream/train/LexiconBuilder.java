package dev.glosstream.train;

import dev.glosstream.sequence.Token;
import dev.glosstream.tokenize.Tokenizer;
import dev.glosstream.train.corpus.WordClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Makes the lexicon of a token column: the words and phrases of several files, tokenized as texts are. */
final class LexiconBuilder {
    /** Longer names are hardly ever met again. */
    private static final int MOST_WORDS = 5;

    private static final Tokenizer TOKENIZER = new Tokenizer();

    private LexiconBuilder() {}

    /**
     * Returns phrases, their normalised words separated by one space, with the classes of all files.
     *
     * @param root where the paths start
     */
    static Map<String, Set<String>> build(List<LexiconSource> sources, Path root) {
        Map<String, Set<String>> phrases = new TreeMap<>();
        for (LexiconSource source : sources) {
            WordClasses.read(root.resolve(source.path()), source.format(), source.name())
                    .forEach((phrase, classes) -> add(phrases, phrase, classes));
        }
        return phrases;
    }

    private static void add(Map<String, Set<String>> phrases, String phrase, Set<String> classes) {
        List<Token> tokens = TOKENIZER.tokenize(phrase).tokens();
        String norms = tokens.stream().map(Token::norm).collect(Collectors.joining(" "));
        boolean plain = norms.chars().noneMatch(unit -> unit == '\t' || unit == '\n' || unit == '\r');
        if (!tokens.isEmpty() && tokens.size() <= MOST_WORDS && plain) {
            phrases.computeIfAbsent(norms, key -> new TreeSet<>()).addAll(classes);
        }
    }
}
