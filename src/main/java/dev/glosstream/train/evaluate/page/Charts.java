package dev.glosstream.train.evaluate.page;

import dev.glosstream.page.ChartStyle;
import dev.glosstream.train.evaluate.ClassRow;
import dev.glosstream.train.evaluate.ConfusionMatrix;
import dev.glosstream.train.evaluate.Interval;
import dev.glosstream.train.evaluate.LengthBin;
import dev.glosstream.train.evaluate.Measured;
import dev.glosstream.train.evaluate.Reliability;
import dev.glosstream.train.evaluate.Report;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of a report, of one bundle or of two side by side. */
final class Charts {
    private static final Marker[] MARKERS = {SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND};
    private static final double OFFSET = 0.24;
    private static final double NAME_ABOVE = 0.4;
    /** Room for a name at either end of the axis, as a share of it. */
    private static final double NAME_MARGIN = 0.12;

    /** Measures of which less is better; on the same axis they would squeeze the others together. */
    private static final Set<String> LESS_IS_BETTER = Set.of("logLoss", "calibrationError");

    private static final Interval WHOLE = new Interval(0, 1);

    private Charts() {}

    /** Returns one line per measure from the lower to the upper end of its 95 % interval, with the value marked. */
    static XYChart intervals(List<Measured> bundles) {
        Map<String, Interval> first = bundles.get(0).report().intervals();
        List<String> names = first.keySet().stream()
                .filter(name -> !LESS_IS_BETTER.contains(name))
                .toList();
        XYChart chart =
                ChartStyle.xy("Measures with their 95 % intervals", "value (0 to 1)", "", 80 + 44 * names.size());
        double least = 1;
        for (int bundle = 0; bundle < bundles.size(); bundle++) {
            for (int index = 0; index < names.size(); index++) {
                interval(chart, bundles, bundle, names, index);
                least = Math.min(
                        least,
                        bundles.get(bundle)
                                .report()
                                .intervals()
                                .getOrDefault(names.get(index), WHOLE)
                                .low());
            }
        }
        double low = Math.max(0, Math.floor(least * 10) / 10);
        chart.getStyler().setXAxisMin(low).setXAxisMax(1.0);
        chart.getStyler().setYAxisMin(0.4).setYAxisMax(names.size() + 0.7);
        chart.getStyler().setYAxisTicksVisible(false).setYAxisTitleVisible(false);
        chart.getStyler().setPlotGridHorizontalLinesVisible(false);
        for (int index = 0; index < names.size(); index++) {
            Interval interval = first.getOrDefault(names.get(index), WHOLE);
            double margin = NAME_MARGIN * (1 - low);
            double middle = (interval.low() + interval.high()) / 2;
            double at = Math.max(low + margin, Math.min(1 - margin, middle));
            chart.addAnnotation(new AnnotationText(names.get(index), at, names.size() - index + NAME_ABOVE, false));
        }
        return chart;
    }

    private static void interval(XYChart chart, List<Measured> bundles, int bundle, List<String> names, int index) {
        boolean two = bundles.size() > 1;
        double height = names.size() - index + (two ? OFFSET * (0.5 - bundle) : 0);
        Report report = bundles.get(bundle).report();
        Interval interval = report.intervals().getOrDefault(names.get(index), WHOLE);
        Color colour = ChartStyle.SERIES.get(bundle);
        chart.addSeries(
                        "interval " + bundle + "." + index,
                        new double[] {interval.low(), interval.high()},
                        new double[] {height, height})
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(colour)
                .setLineStyle(new BasicStroke(3f))
                .setShowInLegend(false);
        chart.addSeries(
                        index == 0 ? bundles.get(bundle).bundle() : "value " + bundle + "." + index,
                        new double[] {report.metrics().getOrDefault(names.get(index), 0.0)},
                        new double[] {height})
                .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                .setMarker(MARKERS[bundle])
                .setMarkerColor(colour)
                .setShowInLegend(index == 0 && two);
    }

    /** Returns confidence against the share that is right; on the diagonal both are equal. */
    static XYChart reliability(List<Measured> bundles) {
        XYChart chart = ChartStyle.xy(
                "Reliability: is it as often right as it is sure?", "mean confidence", "share right", 420);
        chart.addSeries("as sure as right", new double[] {0, 1}, new double[] {0, 1})
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(Color.GRAY)
                .setLineStyle(
                        new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {6, 5}, 0));
        for (int bundle = 0; bundle < bundles.size(); bundle++) {
            Reliability reliability = bundles.get(bundle).report().reliability();
            List<Reliability.Bin> bins =
                    reliability.bins().stream().filter(bin -> bin.answers() > 0).toList();
            if (!bins.isEmpty()) {
                chart.addSeries(
                                bundles.get(bundle).bundle()
                                        + String.format(Locale.ROOT, " (calibration error %.3f)", reliability.error()),
                                bins.stream()
                                        .mapToDouble(Reliability.Bin::confidence)
                                        .toArray(),
                                bins.stream()
                                        .mapToDouble(Reliability.Bin::right)
                                        .toArray())
                        .setMarker(MARKERS[bundle])
                        .setMarkerColor(ChartStyle.SERIES.get(bundle))
                        .setLineColor(ChartStyle.SERIES.get(bundle));
            }
        }
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(1.0).setYAxisMin(0.0).setYAxisMax(1.0);
        return chart;
    }

    /** Returns how many answers have which confidence. */
    static CategoryChart confidences(List<Measured> bundles) {
        CategoryChart chart =
                ChartStyle.bars("How sure the answers are", "confidence (%, middle of the class)", "answers (%)", 300);
        for (int bundle = 0; bundle < bundles.size(); bundle++) {
            List<Reliability.Bin> bins =
                    bundles.get(bundle).report().reliability().bins();
            double all = Math.max(
                    1, bins.stream().mapToLong(Reliability.Bin::answers).sum());
            chart.addSeries(
                            bundles.get(bundle).bundle(),
                            bins.stream()
                                    .map(bin -> String.valueOf(Math.round(50 * (bin.low() + bin.high()))))
                                    .toList(),
                            bins.stream().map(bin -> 100 * bin.answers() / all).toList())
                    .setFillColor(ChartStyle.SERIES.get(bundle));
        }
        chart.getStyler().setLegendVisible(bundles.size() > 1);
        return chart;
    }

    /** Returns bars of precision, recall and F1 of one bundle, or of the F1 of two. */
    static CategoryChart classes(List<Measured> bundles) {
        boolean alone = bundles.size() == 1;
        CategoryChart chart = ChartStyle.bars(alone ? "Per class" : "F1 per class", "", "value (0 to 1)", 380);
        chart.getStyler().setLabelsVisible(true).setYAxisMin(0.0).setYAxisMax(1.0);
        if (alone) {
            List<ClassRow> rows = bundles.get(0).report().rows();
            bars(
                    chart,
                    "precision",
                    0,
                    names(rows),
                    rows.stream().map(ClassRow::precision).toList());
            bars(
                    chart,
                    "recall",
                    1,
                    names(rows),
                    rows.stream().map(ClassRow::recall).toList());
            bars(chart, "F1", 2, names(rows), rows.stream().map(ClassRow::f1).toList());
            return chart;
        }
        for (int bundle = 0; bundle < bundles.size(); bundle++) {
            List<ClassRow> rows = bundles.get(bundle).report().rows();
            bars(
                    chart,
                    bundles.get(bundle).bundle(),
                    bundle,
                    names(rows),
                    rows.stream().map(ClassRow::f1).toList());
        }
        return chart;
    }

    private static List<String> names(List<ClassRow> rows) {
        return rows.stream().map(ClassRow::name).toList();
    }

    private static void bars(CategoryChart chart, String name, int colour, List<String> names, List<Double> values) {
        // Labels show what they are given, with all digits.
        List<Double> rounded =
                values.stream().map(value -> Math.round(100 * value) / 100.0).toList();
        chart.addSeries(name, names, rounded).setFillColor(ChartStyle.SERIES.get(colour));
    }

    /** Returns bars of the error by length of the text. */
    static CategoryChart lengths(List<Measured> bundles) {
        CategoryChart chart =
                ChartStyle.bars("Error by length of the text", "tokens in the text (texts)", "error (0 to 1)", 340);
        Set<String> names = new LinkedHashSet<>();
        bundles.get(0).report().lengths().forEach(bin -> names.add(bin.name() + " (" + bin.texts() + ")"));
        for (int bundle = 0; bundle < bundles.size(); bundle++) {
            List<LengthBin> bins = bundles.get(bundle).report().lengths();
            if (bins.size() == names.size() && !bins.isEmpty()) {
                bars(
                        chart,
                        bundles.get(bundle).bundle(),
                        bundle,
                        List.copyOf(names),
                        bins.stream().map(LengthBin::error).toList());
            }
        }
        chart.getStyler().setLabelsVisible(true).setYAxisMin(0.0).setLegendVisible(bundles.size() > 1);
        return chart;
    }

    /** Returns what was taken for what, each row in percent of its cases. */
    static HeatMapChart confusion(Measured measured, boolean named) {
        ConfusionMatrix matrix = measured.report().confusion();
        HeatMapChart chart = ChartStyle.heat(
                "Confusion" + (named ? " of " + measured.bundle() : "") + ", % of what is true", "answered", "true");
        List<Number[]> cells = new ArrayList<>();
        List<String> rows = new ArrayList<>(matrix.rows());
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < matrix.columns().size(); column++) {
                // The chart counts rows from below; a matrix is read from above.
                cells.add(new Number[] {column, rows.size() - 1 - row, 100 * matrix.share(row, column)});
            }
        }
        Collections.reverse(rows);
        chart.addSeries("share", matrix.columns(), rows, cells);
        return chart;
    }
}
