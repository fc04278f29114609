package dev.glosstream.train.evaluate;

import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.RejectionReason;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusExample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers written by hand, and the reports on them. */
final class Judged {
    private final Task task;
    private final List<String> labels;
    private final List<CorpusExample> examples = new ArrayList<>();
    private final List<Outcome<Labels>> answers = new ArrayList<>();

    Judged(Task task, String... labels) {
        this.task = task;
        this.labels = List.of(labels);
    }

    /** Adds a text whose class is answered with a confidence; the other classes share the rest. */
    Judged text(String truth, String answer, double confidence) {
        Map<String, Double> scores = new LinkedHashMap<>();
        labels.forEach(
                label -> scores.put(label, label.equals(answer) ? confidence : (1 - confidence) / (labels.size() - 1)));
        return text(truth, new Sentiment(answer, confidence, scores));
    }

    Judged text(String truth, Sentiment answer) {
        examples.add(CorpusExample.ofSentiment("text " + examples.size(), truth));
        answers.add(Outcome.accepted(new Labels(Optional.of(answer), Optional.empty(), 2, false)));
        return this;
    }

    Judged refused(String truth) {
        examples.add(CorpusExample.ofSentiment(" ", truth));
        answers.add(Outcome.rejected(RejectionReason.BLANK_TEXT, "blank"));
        return this;
    }

    Judged spans(String text, List<Entity> truth, List<Entity> found) {
        examples.add(CorpusExample.ofEntities(text, truth));
        answers.add(
                Outcome.accepted(new Labels(Optional.empty(), Optional.of(found), text.split(" ", -1).length, false)));
        return this;
    }

    Judged refusedSpans(String text, List<Entity> truth) {
        examples.add(CorpusExample.ofEntities(text, truth));
        answers.add(Outcome.rejected(RejectionReason.TEXT_TOO_LONG, "long"));
        return this;
    }

    Report report() {
        return Report.of(task, labels, examples, answers);
    }
}
