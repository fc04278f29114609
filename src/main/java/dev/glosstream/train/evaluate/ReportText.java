package dev.glosstream.train.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Reports as tables of plain text, for a terminal. */
final class ReportText {
    private static final int BAR = 20;

    private ReportText() {}

    /** Returns all tables of one report. */
    static String of(Report report) {
        return String.join(
                "\n",
                measures(report),
                "",
                classes(report.rows()),
                "",
                confusion(report.confusion()),
                "",
                reliability(report.reliability()),
                "",
                texts(report));
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values).stripTrailing();
    }

    private static String measures(Report report) {
        StringBuilder text = new StringBuilder(line("%-18s %8s   %s", "measure", "value", "95 % interval"));
        Map<String, Double> metrics = report.metrics();
        report.intervals().forEach((name, interval) -> text.append('\n')
                .append(line(
                        "%-18s %8.4f   %.4f to %.4f",
                        name, metrics.getOrDefault(name, 0.0), interval.low(), interval.high())));
        return text.toString();
    }

    private static String classes(List<ClassRow> rows) {
        StringBuilder text = new StringBuilder(
                line("%-12s %9s %9s %9s %9s %9s", "label", "precision", "recall", "f1", "true", "answered"));
        rows.forEach(row -> text.append('\n')
                .append(line(
                        "%-12s %9.4f %9.4f %9.4f %9d %9d",
                        row.name(), row.precision(), row.recall(), row.f1(), row.support(), row.predicted())));
        return text.toString();
    }

    private static String confusion(ConfusionMatrix matrix) {
        StringBuilder text = new StringBuilder(line("%-12s", "true \\ said"));
        matrix.columns().forEach(column -> text.append(String.format(Locale.ROOT, " %9s", column)));
        for (int row = 0; row < matrix.rows().size(); row++) {
            text.append('\n')
                    .append(String.format(Locale.ROOT, "%-12s", matrix.rows().get(row)));
            matrix.counts().get(row).forEach(count -> text.append(String.format(Locale.ROOT, " %9d", count)));
        }
        return text.toString();
    }

    private static String reliability(Reliability reliability) {
        StringBuilder text = new StringBuilder(line("%-12s %9s %9s %9s", "confidence", "answers", "mean", "right"));
        for (Reliability.Bin bin : reliability.bins()) {
            if (bin.answers() > 0) {
                text.append('\n')
                        .append(line(
                                "%.2f to %.2f %9d %9.4f %9.4f  %s",
                                bin.low(), bin.high(), bin.answers(), bin.confidence(), bin.right(), bar(bin)));
            }
        }
        return text.toString();
    }

    /** Draws the share that is right, and where the confidence stands. */
    private static String bar(Reliability.Bin bin) {
        int right = (int) Math.round(bin.right() * BAR);
        int confidence = Math.min(BAR - 1, (int) Math.round(bin.confidence() * BAR));
        StringBuilder bar = new StringBuilder("#".repeat(right) + ".".repeat(BAR - right));
        bar.setCharAt(confidence, '|');
        return bar.toString();
    }

    private static String texts(Report report) {
        int refused =
                report.refused().values().stream().mapToInt(Integer::intValue).sum();
        String reasons = report.refused().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return line(
                "%,d texts, %,d tokens, %,d refused%s",
                report.examples(), report.tokens(), refused, reasons.isEmpty() ? "" : " (" + reasons + ")");
    }

    /** Returns the speed in one line. */
    static String speed(Measured measured) {
        return line(
                "%,.0f tokens/s by the network alone, %,.0f by the whole evaluation, one thread, in %s",
                measured.speed().tokensPerSecond(), measured.wholeTokensPerSecond(), measured.precision());
    }

    /** Returns the table of a comparison. */
    static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder(
                line("%-18s %8s %8s %9s   %-20s %7s", "measure", "A", "B", "B - A", "95 % interval", "p"));
        comparison.differences().forEach((name, difference) -> text.append('\n')
                .append(line(
                        "%-18s %8.4f %8.4f %+9.4f   %+.4f to %+.4f   %7.4f",
                        name,
                        difference.first(),
                        difference.second(),
                        difference.value(),
                        difference.interval().low(),
                        difference.interval().high(),
                        difference.pValue())));
        Comparison.Agreement agreement = comparison.agreement();
        return text
                + "\n\n"
                + line(
                        "texts right: both %,d, A alone %,d, B alone %,d, neither %,d; McNemar's exact test p = %.4f%n"
                                + "texts answered differently: %,d of %,d",
                        agreement.bothRight(),
                        agreement.onlyFirst(),
                        agreement.onlySecond(),
                        agreement.bothWrong(),
                        agreement.pValue(),
                        agreement.different(),
                        comparison.first().examples());
    }
}
