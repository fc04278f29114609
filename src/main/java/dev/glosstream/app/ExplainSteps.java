package dev.glosstream.app;

import dev.glosstream.explain.InnerReading;
import dev.glosstream.explain.LayerWalk;
import dev.glosstream.explain.LstmStep;
import dev.glosstream.explain.LstmStep.Quantity;
import dev.glosstream.explain.TextExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The part of an explanation that follows the LSTM step by step. */
final class ExplainSteps {
    private static final int FIRST_VALUES = 3;
    private static final int MORE_VALUES = 8;

    private final ExplainText text;

    ExplainSteps(ExplainText text) {
        this.text = text;
    }

    /** Adds the walk through every layer and direction. */
    void print(List<String> lines, TextExplanation explanation, InnerReading inner) {
        int stateSize = inner.layers().get(0).forward().get(0).stateSize();
        ExplainText.heading(lines, "LSTM, step by step");
        ExplainText.paragraph(
                lines,
                "An LSTM reads one token after the other and carries a memory along, the cell c, and what it shows of"
                        + " it, the hidden state h, " + stateSize + " numbers each. At each step three gates between 0"
                        + " and 1 decide: i, how much of the new candidate g enters the cell; f, how much of the old"
                        + " cell stays; o, how much of the cell shows. So c = f c + i g and h = o tanh(c). Below: the"
                        + " means of i, f, g, o over the units, the lengths |c| and |h|, the first values of h.");
        for (int layer = 0; layer < inner.layers().size(); layer++) {
            LayerWalk walk = inner.layers().get(layer);
            String name = "Layer " + (layer + 1) + " of " + inner.layers().size();
            direction(lines, explanation, name + ", from the first token to the last", walk.forward());
            if (!walk.backward().isEmpty()) {
                direction(lines, explanation, name + ", from the last token to the first", walk.backward());
            }
        }
        lines.add("");
        ExplainText.paragraph(
                lines,
                String.format(
                        Locale.ROOT,
                        "Computed in plain Java from the bundle's weights; the engine's states and scores differ by at"
                                + " most %.1e (allowed: %.0e).",
                        inner.largestDifference(),
                        InnerReading.ALLOWED_DIFFERENCE));
    }

    private void direction(List<String> lines, TextExplanation explanation, String title, List<LstmStep> steps) {
        ExplainText.heading(lines, "  " + title);
        TextTable table =
                new TextTable(2, ExplainText.WIDTH, List.of("#", "token", "i", "f", "g", "o", "|c|", "|h|", "h"));
        for (LstmStep step : steps.subList(0, text.shown(steps.size()))) {
            List<String> cells = new ArrayList<>(
                    List.of(Integer.toString(step.token()), ExplainText.token(explanation, step.token())));
            for (Quantity gate :
                    List.of(Quantity.INPUT_GATE, Quantity.FORGET_GATE, Quantity.CANDIDATE, Quantity.OUTPUT_GATE)) {
                cells.add(ExplainText.number(step.mean(gate), 2));
            }
            cells.add(ExplainText.number(step.norm(Quantity.CELL), 2));
            cells.add(ExplainText.number(step.norm(Quantity.HIDDEN), 2));
            cells.add(values(step, Quantity.HIDDEN, FIRST_VALUES));
            table.row(cells);
        }
        text.table(lines, table, steps.size());
        if (text.everything()) {
            steps.forEach(step -> details(lines, explanation, step));
        }
    }

    private static void details(List<String> lines, TextExplanation explanation, LstmStep step) {
        lines.add("");
        lines.add("    at token " + step.token() + ", " + ExplainText.token(explanation, step.token()));
        for (Quantity quantity : Quantity.values()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "    %s  %-12s  mean %6.3f  length %6.3f  %s",
                    quantity.symbol(),
                    quantity.title(),
                    step.mean(quantity),
                    step.norm(quantity),
                    values(step, quantity, MORE_VALUES)));
        }
    }

    private static String values(LstmStep step, Quantity quantity, int most) {
        StringBuilder values = new StringBuilder();
        for (int unit = 0; unit < Math.min(most, step.stateSize()); unit++) {
            values.append(String.format(Locale.ROOT, "%6.2f", step.at(quantity, unit)));
        }
        return values + (step.stateSize() > most ? " …" : "");
    }
}
