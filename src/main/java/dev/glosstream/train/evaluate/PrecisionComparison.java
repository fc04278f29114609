package dev.glosstream.train.evaluate;

import dev.glosstream.model.PrecisionCheck;
import dev.glosstream.sequence.Task;

/** What a bundle's answers in another precision say beside those in single precision. */
public final class PrecisionComparison {
    private PrecisionComparison() {}

    /**
     * Compares two reports on the same texts.
     *
     * @param data the texts, as their files are called
     * @param reference in single precision
     * @param other in the other precision
     * @param program who checks
     */
    public static PrecisionCheck of(String data, Report reference, Report other, String program) {
        int answered = 0;
        int same = 0;
        for (int index = 0; index < reference.texts().size(); index++) {
            JudgedText left = reference.texts().get(index);
            JudgedText right = other.texts().get(index);
            answered += left.tokens() > 0 ? 1 : 0;
            same += left.tokens() > 0 && reference.scoring().isSame(left.answer(), right.answer()) ? 1 : 0;
        }
        String metric = reference.task() == Task.SENTIMENT ? "macroF1" : "f1";
        return new PrecisionCheck(
                data, answered, same, metric, value(reference, metric), value(other, metric), program);
    }

    private static double value(Report report, String metric) {
        return report.metrics().getOrDefault(metric, 0.0);
    }
}
