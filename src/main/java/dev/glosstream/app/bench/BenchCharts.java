package dev.glosstream.app.bench;

import dev.glosstream.page.ChartStyle;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;

/** The pictures of a report. */
final class BenchCharts {
    private static final List<Double> PERCENTILES = List.of(50.0, 95.0, 99.0, 99.9);

    private BenchCharts() {}

    /** Returns events per second of each row. */
    static CategoryChart throughput(BenchReport report) {
        CategoryChart chart = ChartStyle.bars("Throughput", "", "events per second (median)", 420);
        List<BenchRow> rows = List.copyOf(report.throughput().keySet());
        chart.addSeries(
                        "events per second",
                        rows.stream().map(BenchRow::code).toList(),
                        rows.stream()
                                .map(row -> (double) Math.round(report.spread(row, Throughput::eventsPerSecond)
                                        .orElseThrow()
                                        .median()))
                                .toList())
                .setFillColor(ChartStyle.SERIES.get(0));
        chart.getStyler().setLabelsVisible(true).setXAxisLabelRotation(35).setLegendVisible(false);
        return chart;
    }

    /** Returns latency over percentiles, one line per load. */
    static XYChart latency(BenchReport report) {
        XYChart chart = ChartStyle.xy("Latency, from due to committed", "percentile", "ms", 420);
        // Nines at even distances: 50, 90, 99, 99.9.
        List<Double> places =
                PERCENTILES.stream().map(share -> -Math.log10(1 - share / 100)).toList();
        for (Latency each : report.latency()) {
            chart.addSeries(each.load(), places, List.of(each.p50(), each.p95(), each.p99(), each.p999()));
        }
        chart.setXAxisTitle("percentile, as nines: 1 is 90 %, 2 is 99 %, 3 is 99.9 %");
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    /** Returns the padding ratio and the speed, relative to the greatest, over the records of a window. */
    static XYChart window(BenchReport report) {
        List<Scaled> windows = report.scaling().stream()
                .filter(each -> each.what().equals("window"))
                .toList();
        double fastest = windows.stream()
                .mapToDouble(each -> each.throughput().eventsPerSecond())
                .max()
                .orElse(1);
        XYChart chart = ChartStyle.xy("The window", "most records in a window", "ratio", 420);
        add(chart, "padding ratio", windows, each -> each.throughput().paddingRatio());
        add(chart, "speed, of the fastest", windows, each -> each.throughput().eventsPerSecond() / fastest);
        chart.getStyler().setXAxisLogarithmic(true).setYAxisMin(0.0);
        return chart;
    }

    /**
     * Returns a figure that stays the same where the cost is linear.
     *
     * @param what grows
     * @param title of the figure
     */
    static XYChart growth(BenchReport report, String what, String title, ToDoubleFunction<Throughput> figure) {
        List<Scaled> runs = report.growth().stream()
                .filter(each -> each.what().equals(what))
                .toList();
        XYChart chart = ChartStyle.xy("Cost as " + what + " grow: flat is linear", what, title, 420);
        add(chart, title, runs, each -> figure.applyAsDouble(each.throughput()));
        chart.getStyler().setXAxisLogarithmic(true).setYAxisMin(0.0).setLegendVisible(false);
        return chart;
    }

    private static void add(XYChart chart, String name, List<Scaled> windows, ToDoubleFunction<Scaled> figure) {
        if (!windows.isEmpty()) {
            chart.addSeries(
                    name,
                    windows.stream().mapToDouble(Scaled::value).toArray(),
                    windows.stream().mapToDouble(figure).toArray());
        }
    }

    /** Returns speed with one thing changed. */
    static CategoryChart scaling(BenchReport report) {
        CategoryChart chart = ChartStyle.bars("Threads, instances, partitions", "", "events per second", 420);
        List<Scaled> others = report.scaling().stream()
                .filter(each -> !each.what().equals("window"))
                .toList();
        chart.addSeries(
                        "events per second",
                        others.stream()
                                .map(each -> each.what() + " " + each.value())
                                .toList(),
                        others.stream()
                                .map(each ->
                                        (double) Math.round(each.throughput().eventsPerSecond()))
                                .toList())
                .setFillColor(ChartStyle.SERIES.get(0));
        chart.getStyler().setLabelsVisible(true).setXAxisLabelRotation(35).setLegendVisible(false);
        return chart;
    }
}
