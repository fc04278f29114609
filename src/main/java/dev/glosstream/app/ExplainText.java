package dev.glosstream.app;

import dev.glosstream.explain.ColumnReading;
import dev.glosstream.explain.InnerReading;
import dev.glosstream.explain.TextExplanation;
import dev.glosstream.infer.FloatMatrix;
import dev.glosstream.sequence.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An explanation for a person who may never have seen an LSTM: what happens to the text, stage by stage, with the numbers, on
 * lines of at most 100 cells.
 */
final class ExplainText {
    /** Cells of a line. */
    static final int WIDTH = 100;

    private static final double TINY = 0.0005;
    private static final Pattern NEGATIVE_ZERO = Pattern.compile("-0[.0]*");
    private static final int MOST_ROWS = 16;
    private static final int FIRST_VALUES = 3;
    private static final int TOKEN_CELLS = 14;
    private static final int ENTRY_CELLS = 22;

    private final boolean everything;

    /**
     * Creates a printer.
     *
     * @param everything whether long texts are printed whole, and each step of the LSTM with more of its values
     */
    ExplainText(boolean everything) {
        this.everything = everything;
    }

    /** Returns the lines of an explanation. */
    List<String> lines(TextExplanation explanation) {
        List<String> lines = new ArrayList<>();
        lines.add(explanation.bundle().id() + " reads: "
                + DisplayWidth.cut(
                        explanation.text().text(),
                        WIDTH - explanation.bundle().id().length() - 9));
        tokens(lines, explanation);
        ids(lines, explanation);
        if (explanation.inner().isPresent()) {
            ExplainShapes.print(lines, explanation, explanation.inner().get());
            vectors(lines, explanation, explanation.inner().get());
            new ExplainSteps(this).print(lines, explanation, explanation.inner().get());
        } else {
            paragraph(
                    lines,
                    "This bundle holds a scripted module. Its vectors, gates and states cannot be read from outside;"
                            + " what it gives can, and what follows from it.");
        }
        new ExplainAnswer(this).print(lines, explanation);
        return lines;
    }

    /** Returns whether nothing is to be cut. */
    boolean everything() {
        return everything;
    }

    /** Returns how many of so many rows are printed. */
    int shown(int rows) {
        return everything ? rows : Math.min(rows, MOST_ROWS);
    }

    /** Adds a table, and says if rows were left out. */
    void table(List<String> lines, TextTable table, int rows) {
        lines.addAll(table.lines());
        if (shown(rows) < rows) {
            lines.add("  … " + (rows - shown(rows)) + " more tokens; --steps prints all");
        }
    }

    /** Returns a token as it stands in the text, made safe and cut. */
    static String token(TextExplanation explanation, int position) {
        return DisplayWidth.cut(explanation.text().surface(explanation.read().get(position)), TOKEN_CELLS);
    }

    /** Adds a heading with an empty line before it. */
    static void heading(List<String> lines, String title) {
        lines.add("");
        lines.add(title);
    }

    /** Adds a text, broken at spaces. */
    static void paragraph(List<String> lines, String text) {
        StringBuilder line = new StringBuilder(" ");
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() + 1 > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(" ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }

    /** Returns a number with so many decimals. */
    static String number(double value, int decimals) {
        String number = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return NEGATIVE_ZERO.matcher(number).matches() ? number.substring(1) : number;
    }

    /** Returns a probability with three decimals, a tiny one by its power of ten. */
    static String probability(double value) {
        return value > 0 && value < TINY ? String.format(Locale.ROOT, "%.1e", value) : number(value, 3);
    }

    private void tokens(List<String> lines, TextExplanation explanation) {
        int all = explanation.text().tokens().size();
        int read = explanation.read().size();
        heading(lines, "Tokens");
        paragraph(
                lines,
                "The text is cut into " + count(all, "token") + (read < all ? "; this model reads " + read : "")
                        + ". What is looked up is the normalised form: lower case, digits as 0, links and names of"
                        + " users as one word each.");
        TextTable table = new TextTable(2, WIDTH, List.of("#", "token", "characters", "normalised"));
        for (int position = 0; position < shown(read); position++) {
            Token token = explanation.read().get(position);
            table.row(List.of(
                    Integer.toString(position),
                    token(explanation, position),
                    token.charStart() + "-" + token.charEnd(),
                    DisplayWidth.cut(token.norm(), ENTRY_CELLS)));
        }
        table(lines, table, read);
    }

    /** Returns {@code 1 token}, {@code 2 tokens}. */
    static String count(int count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private void ids(List<String> lines, TextExplanation explanation) {
        heading(lines, "Ids");
        paragraph(
                lines,
                "Each column turns a token into the number of a row in an embedding table. Row 0 is padding; row 1,"
                        + " marked ?, stands for everything that training did not meet often enough.");
        List<String> headers = new ArrayList<>(List.of("#", "token"));
        explanation.columns().forEach(column -> headers.add(column.name()));
        TextTable table = new TextTable(2, WIDTH, headers);
        for (int position = 0; position < shown(explanation.read().size()); position++) {
            List<String> cells = new ArrayList<>(List.of(Integer.toString(position), token(explanation, position)));
            for (ColumnReading column : explanation.columns()) {
                cells.add(cell(column.cells().get(position)));
            }
            table.row(cells);
        }
        table(lines, table, explanation.read().size());
    }

    private static String cell(ColumnReading.Cell cell) {
        String ids =
                cell.ids().stream().limit(FIRST_VALUES).map(String::valueOf).collect(Collectors.joining(" "))
                        + (cell.ids().size() > FIRST_VALUES ? " …" : "");
        if (cell.ids().isEmpty()) {
            return "-";
        }
        String entries = cell.ids().size() == 1 || cell.entries().size() <= 2
                ? DisplayWidth.cut(String.join(", ", cell.entries()), ENTRY_CELLS)
                : cell.entries().size() + ":";
        return (cell.known() ? "" : "? ") + entries + " " + ids;
    }

    private void vectors(List<String> lines, TextExplanation explanation, InnerReading inner) {
        heading(lines, "Vectors");
        paragraph(
                lines,
                "What each column gives: the row of that number, learned in training. The first values of each; side by"
                        + " side they are what the LSTM reads.");
        List<String> headers = new ArrayList<>(List.of("#", "token"));
        explanation.columns().forEach(column -> headers.add(column.name() + " (" + column.size() + ")"));
        TextTable table = new TextTable(2, WIDTH, headers);
        for (int position = 0; position < shown(explanation.read().size()); position++) {
            List<String> cells = new ArrayList<>(List.of(Integer.toString(position), token(explanation, position)));
            int offset = 0;
            for (ColumnReading column : explanation.columns()) {
                cells.add(firstValues(inner.engine().vectors(), position, offset, column.size()));
                offset += column.size();
            }
            table.row(cells);
        }
        table(lines, table, explanation.read().size());
    }

    private static String firstValues(FloatMatrix vectors, int position, int offset, int size) {
        StringBuilder values = new StringBuilder();
        for (int index = 0; index < Math.min(size, FIRST_VALUES); index++) {
            values.append(String.format(Locale.ROOT, "%6.2f", vectors.at(position, offset + index)));
        }
        return values + (size > FIRST_VALUES ? " …" : "");
    }
}
