package dev.glosstream.train;

import dev.glosstream.train.corpus.CorpusExample;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** Copies of texts in lower and in upper case, so that a model does not lean on capitals alone. */
final class CaseCopies {
    private CaseCopies() {}

    /**
     * Returns the examples and their copies.
     *
     * @param share of the examples copied in lower case; a third of it in upper case
     */
    static List<CorpusExample> add(List<CorpusExample> examples, double share, Random random) {
        List<CorpusExample> all = new ArrayList<>(examples);
        for (CorpusExample example : examples) {
            double draw = random.nextDouble();
            if (draw < share) {
                all.add(example.withText(map(example.text(), Character::toLowerCase)));
            } else if (draw < share * 4 / 3) {
                all.add(example.withText(map(example.text(), Character::toUpperCase)));
            }
        }
        return all;
    }

    /** Maps character by character, so that offsets stay: a string's own mapping may change its length. */
    private static String map(String text, IntUnaryOperator mapping) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().map(mapping).forEach(mapped::appendCodePoint);
        return mapped.length() == text.length() ? mapped.toString() : text;
    }
}
