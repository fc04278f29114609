package dev.glosstream.train.evaluate;

import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.train.corpus.CorpusExample;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is counted of each text for one task, and what the sums of those counts say. Sums are additive over texts, so that
 * any set of texts (all, a resample, those of one length) is measured the same way.
 */
interface Scoring {
    /** Returns the number of sums. */
    int slots();

    /** Returns what one text adds to the sums; a refused text counts as a mistake. */
    TextCounts count(CorpusExample example, Outcome<Labels> answer);

    /** Returns whether the answer is right as a whole. */
    boolean isRight(CorpusExample example, Outcome<Labels> answer);

    /** Returns whether two answers say the same, whatever their confidence. */
    boolean isSame(Outcome<Labels> left, Outcome<Labels> right);

    /** Returns every measure by name, in the order in which they are printed. */
    Map<String, Double> measures(double[] sums);

    /** Returns the figure by which training chooses, 0 to 1, higher is better. */
    double score(double[] sums);

    /** Returns one minus the figure that stands for all: accuracy, or F1. */
    double error(double[] sums);

    /** Returns the rows of the table, one per class or type, for entities one more for all. */
    List<ClassRow> rows(double[] sums);

    /** Returns what was taken for what. */
    ConfusionMatrix confusion(double[] sums);

    /** Returns how far confidence can be trusted. */
    Reliability reliability(double[] sums);

    /** Returns the wrong answers to one text that were given with a confidence. */
    Stream<Mistake> mistakes(CorpusExample example, Outcome<Labels> answer);
}
