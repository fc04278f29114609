package dev.glosstream.train.evaluate;

import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.train.corpus.CorpusExample;

/**
 * One text, what is true of it, what was answered, and what that adds to the sums.
 *
 * @param example the text and its true labels
 * @param answer what the stages that serve made of it
 * @param counts its part of the sums
 */
record JudgedText(CorpusExample example, Outcome<Labels> answer, TextCounts counts) {

    /** Returns the length in tokens, 0 if the text was refused. */
    int tokens() {
        return answer.fold(Labels::tokenCount, rejection -> 0);
    }
}
