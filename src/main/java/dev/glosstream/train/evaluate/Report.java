package dev.glosstream.train.evaluate;

import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusExample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of a model on labelled texts.
 *
 * <p>Figures are between 0 and 1 unless said otherwise. A text that serving refuses counts: as wrong, or as one whose
 * entities were not found. One thread; the intervals are computed when they are first asked for.
 */
public final class Report {
    /** Suffix of the name under which the lower end of an interval is recorded. */
    public static final String LOW = ".low";
    /** Suffix of the name under which the upper end of an interval is recorded. */
    public static final String HIGH = ".high";

    private final Task task;
    private final List<String> labels;
    private final Scoring scoring;
    private final List<JudgedText> texts;
    private final double[] sums;
    private @Nullable Map<String, Interval> intervals;

    private Report(Task task, List<String> labels, Scoring scoring, List<JudgedText> texts) {
        this.task = task;
        this.labels = labels;
        this.scoring = scoring;
        this.texts = texts;
        this.sums = TextCounts.sum(counts(), scoring.slots());
    }

    /**
     * Judges answers.
     *
     * @param labels of the model: its classes, or its entity types
     * @param examples what is true
     * @param answers what the model said, one per example, in their order
     * @throws dev.glosstream.train.corpus.CorpusException if an example has a class that the model does not know
     */
    public static Report of(
            Task task, List<String> labels, List<CorpusExample> examples, List<Outcome<Labels>> answers) {
        if (examples.size() != answers.size()) {
            throw new IllegalArgumentException(
                    "report: expected " + examples.size() + " answers, got " + answers.size());
        }
        Scoring scoring = task == Task.SENTIMENT ? new ClassScoring(labels) : new SpanScoring(types(labels, examples));
        List<JudgedText> texts = new ArrayList<>(examples.size());
        for (int index = 0; index < examples.size(); index++) {
            CorpusExample example = examples.get(index);
            texts.add(new JudgedText(example, answers.get(index), scoring.count(example, answers.get(index))));
        }
        return new Report(task, List.copyOf(labels), scoring, List.copyOf(texts));
    }

    /** Entities of types that the model does not know are entities that it does not find. */
    private static List<String> types(List<String> labels, List<CorpusExample> examples) {
        TreeSet<String> others = new TreeSet<>();
        examples.forEach(example -> example.entities().forEach(entity -> others.add(entity.type())));
        labels.forEach(others::remove);
        List<String> types = new ArrayList<>(labels);
        types.addAll(others);
        return types;
    }

    /** Returns what the model predicts. */
    public Task task() {
        return task;
    }

    /** Returns the labels of the model. */
    public List<String> labels() {
        return labels;
    }

    /** Returns the number of texts. */
    public int examples() {
        return texts.size();
    }

    /** Returns the number of tokens of all texts that were not refused. */
    public long tokens() {
        return texts.stream().mapToLong(JudgedText::tokens).sum();
    }

    /** Returns how many texts were refused, by the code of the reason. */
    public Map<String, Integer> refused() {
        Map<String, Integer> byReason = new TreeMap<>();
        texts.forEach(text -> text.answer()
                .fold(
                        labelled -> 0,
                        rejection -> byReason.merge(rejection.reason().code(), 1, Integer::sum)));
        return Collections.unmodifiableMap(byReason);
    }

    /**
     * Returns the measures by name, in the order in which they are printed: {@code examples} and {@code refused} are
     * counts, {@code logLoss} is in nats, the others are 0 to 1.
     */
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("examples", (double) texts.size());
        metrics.put("refused", (double)
                refused().values().stream().mapToInt(Integer::intValue).sum());
        metrics.putAll(scoring.measures(sums));
        return metrics;
    }

    /** Returns the 95 % interval of each measure that is not a count; none if there are no texts. */
    public Map<String, Interval> intervals() {
        Map<String, Interval> known = intervals;
        if (known == null) {
            known = texts.isEmpty()
                    ? Map.of()
                    : Collections.unmodifiableMap(Bootstrap.intervals(counts(), scoring.slots(), scoring::measures));
            intervals = known;
        }
        return known;
    }

    /** Returns the measures and the ends of their intervals, as they are written into a manifest. */
    public Map<String, Double> recorded() {
        Map<String, Double> recorded = new LinkedHashMap<>(metrics());
        intervals().forEach((name, interval) -> {
            recorded.put(name + LOW, interval.low());
            recorded.put(name + HIGH, interval.high());
        });
        return recorded;
    }

    /** Returns the one figure by which training chooses: higher is better, 0 to 1. */
    public double score() {
        return scoring.score(sums);
    }

    /** Returns one row per class or type; for entities one more, {@code all}. */
    public List<ClassRow> rows() {
        return scoring.rows(sums);
    }

    /** Returns what was taken for what; entities count if their borders are the same. */
    public ConfusionMatrix confusion() {
        return scoring.confusion(sums);
    }

    /** Returns how far the confidence of classes, or of entities, can be trusted. */
    public Reliability reliability() {
        return scoring.reliability(sums);
    }

    /** Returns the error by length of the text, shortest first, without lengths that do not occur. */
    public List<LengthBin> lengths() {
        List<LengthBin> bins = new ArrayList<>();
        for (int bin = 0; bin < LengthBin.count(); bin++) {
            int wanted = bin;
            List<TextCounts> members = texts.stream()
                    .filter(text -> text.tokens() > 0 && LengthBin.of(text.tokens()) == wanted)
                    .map(JudgedText::counts)
                    .toList();
            if (!members.isEmpty()) {
                double error = scoring.error(TextCounts.sum(members, scoring.slots()));
                bins.add(new LengthBin(LengthBin.name(bin), members.size(), error));
            }
        }
        return bins;
    }

    /** Returns the most confident wrong answers, the most confident first; they hold their texts. */
    public List<Mistake> worst(int most) {
        return texts.stream()
                .flatMap(text -> scoring.mistakes(text.example(), text.answer()))
                .sorted(Comparator.comparingDouble(Mistake::confidence).reversed())
                .limit(most)
                .toList();
    }

    /** Returns tables for a person, without any text of the data. */
    public String toText() {
        return ReportText.of(this);
    }

    List<TextCounts> counts() {
        return texts.stream().map(JudgedText::counts).toList();
    }

    List<JudgedText> texts() {
        return texts;
    }

    Scoring scoring() {
        return scoring;
    }
}
