package dev.glosstream.app;

import dev.glosstream.explain.ColumnReading;
import dev.glosstream.explain.InnerReading;
import dev.glosstream.explain.TextExplanation;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.sequence.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The part of an explanation that shows the shapes of the arrays between ids and answer. */
final class ExplainShapes {
    private static final int COLUMNS_OF_A_LINE = 4;

    private final TextTable table = new TextTable(3, ExplainText.WIDTH, List.of("stage", "shape", "what"));
    private final TextExplanation explanation;
    private final Architecture architecture;
    private final int tokens;

    private ExplainShapes(TextExplanation explanation) {
        this.explanation = explanation;
        this.architecture = explanation.bundle().manifest().architecture();
        this.tokens = explanation.read().size();
    }

    /** Adds the table. */
    static void print(List<String> lines, TextExplanation explanation, InnerReading inner) {
        ExplainText.heading(lines, "Shapes, from ids to the answer (a batch of 1 text)");
        ExplainShapes shapes = new ExplainShapes(explanation);
        shapes.input(inner);
        if (explanation.bundle().task() == Task.SENTIMENT) {
            shapes.answerForTheText(inner);
        } else {
            shapes.answerForEachToken();
        }
        lines.addAll(shapes.table.lines());
    }

    private void input(InnerReading inner) {
        for (int index = 0; index < explanation.columns().size(); index++) {
            ColumnReading column = explanation.columns().get(index);
            int width = architecture.columns().get(index).idsPerToken();
            row(
                    "ids",
                    width == 1 ? shape(1, tokens) : shape(1, tokens, width),
                    String.format(Locale.ROOT, "%s, out of %,d rows", column.name(), column.rows()));
        }
        String shape = shape(1, tokens, inner.engine().vectors().columns());
        for (int start = 0; start < explanation.columns().size(); start += COLUMNS_OF_A_LINE) {
            int end = Math.min(start + COLUMNS_OF_A_LINE, explanation.columns().size());
            String sizes = explanation.columns().subList(start, end).stream()
                    .map(column -> column.name() + " " + column.size())
                    .collect(Collectors.joining(" + "));
            row(start == 0 ? "vectors" : "", start == 0 ? shape : "", (start == 0 ? "" : "+ ") + sizes);
        }
        LstmSettings lstm = architecture.lstm();
        boolean both = lstm.directions() == LstmSettings.Directions.BOTH;
        row(
                "states",
                shape(1, tokens, lstm.outputSize()),
                lstm.stateSize() + " read forwards" + (both ? ", " + lstm.stateSize() + " backwards" : ""));
    }

    private void answerForTheText(InnerReading inner) {
        int classes = explanation.scores().columns();
        row(
                "text",
                shape(1, inner.engine().features().columns()),
                switch (architecture.representation()) {
                    case MAX_MEAN -> "maximum and mean of the states over the tokens";
                    case LAST -> "the last state of each direction";
                    case ATTENTION -> "mean of the states, weighted by attention";
                });
        row("logits", shape(1, classes), "one score per label");
        row("probabilities", shape(1, classes), "softmax: positive, together 1");
    }

    private void answerForEachToken() {
        row("emissions", shape(1, tokens, explanation.scores().columns()), "one score per token and tag");
        row("best path", shape(1, tokens), "one tag per token, by Viterbi's algorithm");
    }

    private void row(String stage, String shape, String what) {
        table.row(List.of(stage, shape, what));
    }

    private static String shape(int... sizes) {
        return Arrays.toString(sizes);
    }
}
