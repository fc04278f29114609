package dev.glosstream.app.bench;

import dev.glosstream.page.EscapedHtml;
import dev.glosstream.page.Picture;
import dev.glosstream.page.WholePage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Writes a report as one page that loads nothing: tables and pictures. */
public final class BenchPage {
    private BenchPage() {}

    /** Returns the page. */
    public static String of(BenchReport report) {
        StringBuilder page = new StringBuilder();
        section(page, "What was measured", pairs(report.settings()));
        if (!report.failures().isEmpty()) {
            section(page, "Failed", failures(report.failures()));
        }
        if (!report.throughput().isEmpty()) {
            section(page, "Throughput", throughput(report));
        }
        page.append(
                "<p class=\"note\">Medians of the rounds, least and greatest in brackets. CPU and memory are those of"
                        + " the measured process alone; the broker, the producer and the reader share the machine with it.</p>\n");
        page.append("<div class=\"pictures\">\n");
        pictures(page, report);
        page.append("</div>\n");
        if (!report.throughput().isEmpty()) {
            section(page, "Ratios", ratios(report));
        }
        if (!report.latency().isEmpty()) {
            section(page, "Latency, ms", latency(report.latency()));
        }
        if (!report.scaling().isEmpty()) {
            section(page, "Scaling", scaling(report.scaling()));
        }
        if (!report.growth().isEmpty()) {
            section(page, "Cost as work grows", growth(report.growth()));
        }
        section(page, "Machine", pairs(report.machine()));
        return WholePage.of("Glosstream, measured", page);
    }

    private static void section(StringBuilder page, String title, String table) {
        page.append("<h2>").append(title).append("</h2>\n").append(table);
    }

    private static void pictures(StringBuilder page, BenchReport report) {
        if (!report.throughput().isEmpty()) {
            page.append(Picture.html(BenchCharts.throughput(report), "Events per second of each row; see the table."));
        }
        if (!report.latency().isEmpty()) {
            page.append(
                    Picture.html(BenchCharts.latency(report), "Latency by percentile for each load; see the table."));
        }
        if (!report.scaling().isEmpty()) {
            page.append(Picture.html(BenchCharts.window(report), "Padding ratio and speed by window; see the table."));
            page.append(Picture.html(BenchCharts.scaling(report), "Speed with one thing changed; see the table."));
        }
        if (!report.growth().isEmpty()) {
            page.append(Picture.html(
                    BenchCharts.growth(report, Growth.EVENTS, "CPU per event, µs", Throughput::cpuMicrosPerEvent),
                    "Processor time per event over events; see the table."));
            page.append(Picture.html(
                    BenchCharts.growth(report, Growth.TOKENS, "CPU per token, µs", Throughput::cpuMicrosPerToken),
                    "Processor time per token over the length of texts; see the table."));
        }
    }

    private static String failures(List<Failed> failures) {
        StringBuilder table = header("run", "results");
        failures.forEach(failed -> row(table, failed.what(), failed.why()));
        return table.append("</table>\n").toString();
    }

    private static String pairs(Map<String, String> pairs) {
        StringBuilder table = new StringBuilder("<table>\n");
        pairs.forEach((name, value) -> row(table, name, value));
        return table.append("</table>\n").toString();
    }

    private static String throughput(BenchReport report) {
        StringBuilder table = header(
                "row",
                "events/s",
                "tokens/s",
                "CPU per event, µs",
                "resident, MB",
                "padding ratio",
                "tokenizing, % of CPU",
                "heap per event, KB");
        report.throughput().forEach((row, rounds) -> {
            BenchReport.Spread events = BenchReport.Spread.of(rounds, Throughput::eventsPerSecond);
            row(
                    table,
                    row.code(),
                    number("%,.0f", events.median()) + " (" + number("%,.0f", events.least()) + " to "
                            + number("%,.0f", events.greatest()) + ")",
                    median("%,.0f", rounds, Throughput::tokensPerSecond),
                    median("%,.0f", rounds, Throughput::cpuMicrosPerEvent),
                    median("%,.0f", rounds, each -> (double) (each.residentBytes() >> 20)),
                    median("%.3f", rounds, Throughput::paddingRatio),
                    median("%.1f", rounds, each -> 100 * each.prepareShare()),
                    median("%,.1f", rounds, each -> each.inside().allocatedBytes() / 1024));
        });
        return table.append("</table>\n").toString();
    }

    private static String median(String format, List<Throughput> rounds, ToDoubleFunction<Throughput> figure) {
        double median = BenchReport.Spread.of(rounds, figure).median();
        return median == 0 ? "" : number(format, median);
    }

    private static String ratios(BenchReport report) {
        StringBuilder table = header("how many times as fast", "ratio");
        report.ratios().forEach((name, ratio) -> row(table, name, number("%.2f", ratio)));
        return table.append("</table>\n").toString();
    }

    private static String latency(List<Latency> latencies) {
        StringBuilder table = header("load", "events/s", "events", "p50", "p95", "p99", "p99.9", "longest");
        for (Latency each : latencies) {
            row(
                    table,
                    each.load(),
                    number("%,.1f", each.eventsPerSecond()),
                    Integer.toString(each.events()),
                    number("%.1f", each.p50()),
                    number("%.1f", each.p95()),
                    number("%.1f", each.p99()),
                    number("%.1f", each.p999()),
                    number("%.1f", each.longest()));
        }
        return table.append("</table>\n").toString();
    }

    private static String scaling(List<Scaled> scaling) {
        StringBuilder table = header("changed", "events/s", "CPU per event, µs", "resident, MB", "padding ratio");
        for (Scaled each : scaling) {
            Throughput throughput = each.throughput();
            row(
                    table,
                    each.what() + ": " + each.value(),
                    number("%,.0f", throughput.eventsPerSecond()),
                    number("%,.0f", throughput.cpuMicrosPerEvent()),
                    number("%,.0f", (double) (throughput.residentBytes() >> 20)),
                    number("%.3f", throughput.paddingRatio()));
        }
        return table.append("</table>\n").toString();
    }

    private static String growth(List<Scaled> growth) {
        StringBuilder table = header(
                "grown to",
                "events",
                "events/s",
                "tokens/s",
                "CPU per event, µs",
                "CPU per token, µs",
                "resident, MB",
                "padding ratio",
                "tokenizing, % of CPU",
                "heap per event, KB");
        for (Scaled each : growth) {
            Throughput throughput = each.throughput();
            row(
                    table,
                    each.what() + ": " + number("%,.0f", each.value()),
                    number("%,.0f", (double) throughput.events()),
                    number("%,.0f", throughput.eventsPerSecond()),
                    number("%,.0f", throughput.tokensPerSecond()),
                    number("%,.0f", throughput.cpuMicrosPerEvent()),
                    number("%,.2f", throughput.cpuMicrosPerToken()),
                    number("%,.0f", (double) (throughput.residentBytes() >> 20)),
                    number("%.3f", throughput.paddingRatio()),
                    number("%.1f", 100 * throughput.prepareShare()),
                    number("%,.1f", throughput.inside().allocatedBytes() / 1024));
        }
        return table.append("</table>\n").toString();
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static StringBuilder header(String... names) {
        StringBuilder table = new StringBuilder("<table>\n<tr>");
        for (String name : names) {
            table.append("<th>").append(EscapedHtml.of(name)).append("</th>");
        }
        return table.append("</tr>\n");
    }

    private static void row(StringBuilder table, String... cells) {
        table.append("<tr>");
        for (String cell : cells) {
            table.append("<td>").append(EscapedHtml.of(cell)).append("</td>");
        }
        table.append("</tr>\n");
    }
}
