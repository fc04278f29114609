package dev.glosstream.train;

import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.JoinedList;
import dev.glosstream.train.corpus.StoredExamples;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/** Copies of texts in lower and in upper case, so that a model does not lean on capitals alone. */
final class CaseCopies {
    private CaseCopies() {}

    /**
     * Returns the examples and, in a file, their copies.
     *
     * @param share of the examples copied in lower case; a third of it in upper case
     */
    static List<CorpusExample> add(List<CorpusExample> examples, double share, Random random) {
        List<CorpusExample> copies = StoredExamples.create();
        for (CorpusExample example : examples) {
            double draw = random.nextDouble();
            if (draw < share) {
                copies.add(example.withText(map(example.text(), Character::toLowerCase)));
            } else if (draw < share * 4 / 3) {
                copies.add(example.withText(map(example.text(), Character::toUpperCase)));
            }
        }
        return new JoinedList<>(examples, copies);
    }

    /** Maps character by character, so that offsets stay: a string's own mapping may change its length. */
    private static String map(String text, IntUnaryOperator mapping) {
        StringBuilder mapped = new StringBuilder(text.length());
        text.codePoints().map(mapping).forEach(mapped::appendCodePoint);
        return mapped.length() == text.length() ? mapped.toString() : text;
    }
}
