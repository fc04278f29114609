package dev.glosstream.app;

import dev.glosstream.explain.InnerReading;
import dev.glosstream.explain.PathReading;
import dev.glosstream.explain.TextExplanation;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Sentiment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The part of an explanation from the states to the answer: what counted, how it was decided, what each token is worth. */
final class ExplainAnswer {
    private static final int BAR_CELLS = 20;
    private static final int SCORE_DECIMALS = 2;

    private final ExplainText text;

    ExplainAnswer(ExplainText text) {
        this.text = text;
    }

    /** Adds everything behind the states. */
    void print(List<String> lines, TextExplanation explanation) {
        explanation.inner().ifPresent(inner -> {
            if (!inner.maxima().isEmpty()) {
                maxima(lines, explanation, inner);
            }
            if (!inner.attention().isEmpty()) {
                attention(lines, explanation, inner);
            }
        });
        explanation.path().ifPresent(path -> path(lines, explanation, path));
        explanation.labels().sentiment().ifPresent(sentiment -> sentiment(lines, explanation, sentiment));
        losses(lines, explanation);
    }

    private void maxima(List<String> lines, TextExplanation explanation, InnerReading inner) {
        int units = inner.engine().states().columns();
        ExplainText.heading(lines, "What stands for the text");
        ExplainText.paragraph(
                lines,
                "For each of the " + units
                        + " units the largest value among the tokens is kept, and beside it the mean."
                        + " A token that holds many of these maxima is one that the network noticed.");
        TextTable table = new TextTable(2, ExplainText.WIDTH, List.of("#", "token", "maxima", ""));
        for (int position = 0; position < text.shown(inner.maxima().size()); position++) {
            int held = inner.maxima().get(position);
            table.row(List.of(
                    Integer.toString(position),
                    ExplainText.token(explanation, position),
                    Integer.toString(held),
                    bar((double) held / units)));
        }
        text.table(lines, table, inner.maxima().size());
    }

    private void attention(List<String> lines, TextExplanation explanation, InnerReading inner) {
        ExplainText.heading(lines, "What stands for the text");
        ExplainText.paragraph(
                lines, "The mean of the tokens' states, weighted by what attention learned to look at; together 1.");
        TextTable table = new TextTable(2, ExplainText.WIDTH, List.of("#", "token", "weight", ""));
        for (int position = 0; position < text.shown(inner.attention().size()); position++) {
            double weight = inner.attention().get(position);
            table.row(List.of(
                    Integer.toString(position),
                    ExplainText.token(explanation, position),
                    ExplainText.probability(weight),
                    bar(weight)));
        }
        text.table(lines, table, inner.attention().size());
    }

    private static String bar(double share) {
        return "█".repeat((int) Math.round(Math.max(0, Math.min(1, share)) * BAR_CELLS));
    }

    private static void sentiment(List<String> lines, TextExplanation explanation, Sentiment sentiment) {
        ExplainText.heading(lines, "The answer: " + sentiment.label());
        double temperature = explanation.bundle().manifest().calibration().temperature();
        ExplainText.paragraph(
                lines,
                "A linear layer gives each label a score, the logit; softmax makes probabilities of them"
                        + (temperature == 1
                                ? "."
                                : String.format(
                                        Locale.ROOT,
                                        ", divided by %.2f first, the temperature by which calibration made them honest.",
                                        temperature)));
        TextTable table = new TextTable(1, ExplainText.WIDTH, List.of("label", "logit", "probability", ""));
        int column = 0;
        for (Map.Entry<String, Double> score : sentiment.scores().entrySet()) {
            table.row(List.of(
                    score.getKey(),
                    ExplainText.number(explanation.scores().at(0, column++), SCORE_DECIMALS),
                    ExplainText.probability(score.getValue()),
                    bar(score.getValue())));
        }
        lines.addAll(table.lines());
    }

    private void path(List<String> lines, TextExplanation explanation, PathReading path) {
        ExplainText.heading(lines, "Emissions: what the network gives each tag at each token");
        List<String> headers = new ArrayList<>(List.of("#", "token"));
        headers.addAll(path.tags());
        TextTable emissions = new TextTable(2, ExplainText.WIDTH, headers);
        int shown = text.shown(path.steps().size());
        for (int position = 0; position < shown; position++) {
            List<String> cells =
                    new ArrayList<>(List.of(Integer.toString(position), ExplainText.token(explanation, position)));
            for (int tag = 0; tag < path.tags().size(); tag++) {
                cells.add(ExplainText.number(path.emissions().at(position, tag), SCORE_DECIMALS));
            }
            emissions.row(cells);
        }
        text.table(lines, emissions, path.steps().size());
        bestPath(lines, explanation, path, shown);
        entities(lines, explanation);
    }

    private void bestPath(List<String> lines, TextExplanation explanation, PathReading path, int shown) {
        ExplainText.heading(lines, "The best path");
        ExplainText.paragraph(
                lines,
                "A conditional random field knows which tag follows which. Viterbi's algorithm finds the path whose"
                        + " emissions and transitions add up to the most; I- can only follow B- or I- of its type.");
        TextTable table = new TextTable(
                2, ExplainText.WIDTH, List.of("#", "token", "tag", "transition", "emission", "tag's probability"));
        for (int position = 0; position < shown; position++) {
            PathReading.Step step = path.steps().get(position);
            table.row(List.of(
                    Integer.toString(position),
                    ExplainText.token(explanation, position),
                    path.tags().get(step.tag()),
                    ExplainText.number(step.transition(), SCORE_DECIMALS),
                    ExplainText.number(step.emission(), SCORE_DECIMALS),
                    ExplainText.probability(step.probability())));
        }
        text.table(lines, table, path.steps().size());
        ExplainText.paragraph(
                lines,
                String.format(
                        Locale.ROOT,
                        "With %.2f for the end the path scores %.2f. The logarithm of the sum over all paths is %.2f,"
                                + " so its probability is exp(%.2f - %.2f) = %s.",
                        path.endScore(),
                        path.score(),
                        path.logZ(),
                        path.score(),
                        path.logZ(),
                        ExplainText.probability(path.probability())));
    }

    private static void entities(List<String> lines, TextExplanation explanation) {
        List<Entity> entities = explanation.labels().entities().orElse(List.of());
        ExplainText.heading(lines, "The answer: " + (entities.isEmpty() ? "no entities" : "entities"));
        if (!entities.isEmpty()) {
            TextTable table = new TextTable(1, ExplainText.WIDTH, List.of("type", "characters", "probability", "text"));
            for (Entity entity : entities) {
                table.row(List.of(
                        entity.type(),
                        entity.charStart() + "-" + entity.charEnd(),
                        ExplainText.probability(entity.score()),
                        DisplayWidth.cut(entity.textOf(explanation.text().text()), 2 * BAR_CELLS)));
            }
            lines.addAll(table.lines());
        }
    }

    private static String change(double change) {
        String digits = ExplainText.number(change, 3);
        return digits.startsWith("-") ? digits : "+" + digits;
    }

    private void losses(List<String> lines, TextExplanation explanation) {
        String answer = explanation
                .labels()
                .sentiment()
                .map(sentiment -> "'" + sentiment.label() + "'")
                .orElse("this path");
        ExplainText.heading(lines, "What each token is worth");
        ExplainText.paragraph(
                lines,
                "The probability of " + answer + " is "
                        + ExplainText.probability(explanation.probability())
                        + ". Were the token unknown, it would be the one below. A dark bar: the token speaks for the"
                        + " answer; a light one: against it.");
        List<Double> losses = explanation.losses();
        double largest = losses.stream().mapToDouble(Math::abs).max().orElse(0);
        TextTable table = new TextTable(2, ExplainText.WIDTH, List.of("#", "token", "probability", "change", ""));
        for (int position = 0; position < text.shown(losses.size()); position++) {
            double loss = losses.get(position);
            table.row(List.of(
                    Integer.toString(position),
                    ExplainText.token(explanation, position),
                    ExplainText.probability(explanation.probability() - loss),
                    change(-loss),
                    loss > 0
                            ? bar(loss / largest)
                            : "░".repeat(bar(-loss / largest).length())));
        }
        text.table(lines, table, losses.size());
        if (losses.size() < explanation.read().size()) {
            lines.add("  (of the first " + losses.size() + " tokens)");
        }
    }
}
