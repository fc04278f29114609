package dev.glosstream.train;

import dev.glosstream.sequence.Entity;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Precision, recall and F1 of entities by exact span: an entity is right if start, end and type are.
 *
 * @see <a href="https://aclanthology.org/W03-0419/">Tjong Kim Sang and De Meulder, "Introduction to the CoNLL-2003 Shared
 *     Task", 2003</a>
 */
public final class SpanReport implements Report {
    private final List<String> types;
    private final int[] correct;
    private final int[] predicted;
    private final int[] actual;
    private int texts;

    private record Span(String type, int start, int end) {}

    /** Creates an empty report. */
    public SpanReport(List<String> types) {
        this.types = List.copyOf(types);
        this.correct = new int[types.size()];
        this.predicted = new int[types.size()];
        this.actual = new int[types.size()];
    }

    /** Counts one text. */
    public void add(List<Entity> truth, List<Entity> found) {
        texts++;
        Set<Span> spans = new HashSet<>();
        truth.forEach(entity -> spans.add(span(entity)));
        truth.forEach(entity -> count(actual, entity));
        for (Entity entity : found) {
            count(predicted, entity);
            if (spans.contains(span(entity))) {
                count(correct, entity);
            }
        }
    }

    private static Span span(Entity entity) {
        return new Span(entity.type(), entity.charStart(), entity.charEnd());
    }

    private void count(int[] counts, Entity entity) {
        int type = types.indexOf(entity.type());
        if (type >= 0) {
            counts[type]++;
        }
    }

    private static int sum(int[] counts) {
        int sum = 0;
        for (int count : counts) {
            sum += count;
        }
        return sum;
    }

    private static double f1(int correct, int predicted, int actual) {
        return ClassificationReport.harmonicMean(
                ClassificationReport.ratio(correct, predicted), ClassificationReport.ratio(correct, actual));
    }

    @Override
    public Map<String, Double> metrics() {
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("examples", (double) texts);
        metrics.put("precision", ClassificationReport.ratio(sum(correct), sum(predicted)));
        metrics.put("recall", ClassificationReport.ratio(sum(correct), sum(actual)));
        metrics.put("f1", score());
        for (int type = 0; type < types.size(); type++) {
            metrics.put("f1." + types.get(type), f1(correct[type], predicted[type], actual[type]));
        }
        return metrics;
    }

    @Override
    public double score() {
        return f1(sum(correct), sum(predicted), sum(actual));
    }

    @Override
    public String toText() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(Locale.ROOT, "%-10s %9s %9s %9s %9s%n", "type", "precision", "recall", "f1", "entities"));
        for (int type = 0; type < types.size(); type++) {
            text.append(row(types.get(type), correct[type], predicted[type], actual[type]));
        }
        return text + row("all", sum(correct), sum(predicted), sum(actual)) + texts + " texts";
    }

    private static String row(String name, int correct, int predicted, int actual) {
        return String.format(
                Locale.ROOT,
                "%-10s %9.4f %9.4f %9.4f %9d%n",
                name,
                ClassificationReport.ratio(correct, predicted),
                ClassificationReport.ratio(correct, actual),
                f1(correct, predicted, actual),
                actual);
    }
}
