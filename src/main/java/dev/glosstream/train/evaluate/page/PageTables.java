package dev.glosstream.train.evaluate.page;

import dev.glosstream.page.EscapedHtml;
import dev.glosstream.train.evaluate.Comparison;
import dev.glosstream.train.evaluate.ConfusionMatrix;
import dev.glosstream.train.evaluate.Measured;
import dev.glosstream.train.evaluate.Report;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of the page. */
final class PageTables {
    private PageTables() {}

    /** Returns a figure with four digits after the point. */
    static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.4f", value).replace('-', '\u2212');
    }

    private static String whole(double value) {
        return whole(Math.round(value));
    }

    private static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String row(String cell, List<String> values) {
        return values.stream()
                .map(value -> "<" + cell + ">" + EscapedHtml.of(value) + "</" + cell + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>\n"));
    }

    /** Returns what was read and how fast. */
    static String counts(List<Measured> bundles) {
        StringBuilder table = new StringBuilder("<table>")
                .append(row(
                        "th", List.of("bundle", "texts", "refused", "tokens", "network, tokens/s", "whole, tokens/s")));
        for (Measured measured : bundles) {
            Report report = measured.report();
            table.append(row(
                    "td",
                    List.of(
                            measured.bundle(),
                            whole(report.examples()),
                            refused(report.refused()),
                            whole(report.tokens()),
                            whole(measured.speed().tokensPerSecond()),
                            whole(measured.wholeTokensPerSecond()))));
        }
        return table
                + "</table>\n<p class=\"note\">Refused texts count as mistakes. Speed: one thread; the network alone in the"
                + " batches that serving makes, warmed up; the whole with checking, tokenizing, batching and decoding,"
                + " cold start included.</p>\n";
    }

    private static String refused(Map<String, Integer> byReason) {
        int all = byReason.values().stream().mapToInt(Integer::intValue).sum();
        return all == 0
                ? "0"
                : all + " ("
                        + byReason.entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", "))
                        + ")";
    }

    /** Returns the measures of one bundle with their intervals. */
    static String measures(Measured measured) {
        StringBuilder table =
                new StringBuilder("<table>").append(row("th", List.of("measure", "value", "95 % interval")));
        Map<String, Double> metrics = measured.report().metrics();
        measured.report()
                .intervals()
                .forEach((name, interval) -> table.append(row(
                        "td",
                        List.of(
                                name,
                                number(metrics.getOrDefault(name, 0.0)),
                                number(interval.low()) + " to " + number(interval.high())))));
        return table + "</table>\n";
    }

    /** Returns the measures of both bundles, their differences, and on which texts they differ. */
    static String comparison(Comparison comparison, List<Measured> bundles) {
        StringBuilder table = new StringBuilder("<table>")
                .append(row(
                        "th",
                        List.of(
                                "measure",
                                bundles.get(0).bundle(),
                                bundles.get(1).bundle(),
                                "B \u2212 A",
                                "95 % interval",
                                "p")));
        comparison
                .differences()
                .forEach((name, difference) -> table.append(row(
                        "td",
                        List.of(
                                name,
                                number(difference.first()),
                                number(difference.second()),
                                signed(difference.value()),
                                signed(difference.interval().low())
                                        + " to "
                                        + signed(difference.interval().high()),
                                number(difference.pValue())))));
        Comparison.Agreement agreement = comparison.agreement();
        return table
                + "</table>\n<p class=\"note\">p: how likely a difference at least as large is if the bundles were alike"
                + " (approximate randomisation); the interval is by paired resampling of the texts.</p>\n<table>"
                + row("th", List.of("texts right as a whole", "by B", "not by B"))
                + row("td", List.of("by A", whole(agreement.bothRight()), whole(agreement.onlyFirst())))
                + row("td", List.of("not by A", whole(agreement.onlySecond()), whole(agreement.bothWrong())))
                + "</table>\n<p class=\"note\">McNemar\u2019s exact test on the texts that only one has right: p = "
                + number(agreement.pValue()) + ". They answer " + whole(agreement.different())
                + " texts differently.</p>\n";
    }

    /** Returns the table of classes. */
    static String classes(Measured measured) {
        StringBuilder table = new StringBuilder("<table>")
                .append(row("th", List.of("label", "precision", "recall", "F1", "true", "answered")));
        measured.report()
                .rows()
                .forEach(each -> table.append(row(
                        "td",
                        List.of(
                                each.name(),
                                number(each.precision()),
                                number(each.recall()),
                                number(each.f1()),
                                whole(each.support()),
                                whole(each.predicted())))));
        return table + "</table>\n";
    }

    /** Returns the counts behind the confusion matrix. */
    static String confusion(Measured measured) {
        ConfusionMatrix matrix = measured.report().confusion();
        StringBuilder table = new StringBuilder("<table><tr><th>true \\ answered</th>");
        matrix.columns()
                .forEach(column ->
                        table.append("<th>").append(EscapedHtml.of(column)).append("</th>"));
        table.append("</tr>\n");
        for (int row = 0; row < matrix.rows().size(); row++) {
            table.append("<tr><th>")
                    .append(EscapedHtml.of(matrix.rows().get(row)))
                    .append("</th>");
            matrix.counts()
                    .get(row)
                    .forEach(count -> table.append("<td>").append(whole(count)).append("</td>"));
            table.append("</tr>\n");
        }
        return table + "</table>\n";
    }
}
