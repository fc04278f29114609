package dev.glosstream.page;

import java.awt.Color;
import java.awt.Font;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/**
 * How every chart looks: dark on white, quiet grid, large enough letters, colours that colour-blind readers and grey
 * printers can tell apart.
 *
 * @see <a href="https://jfly.uni-koeln.de/color/">Okabe and Ito, "Color Universal Design", 2008</a>
 */
public final class ChartStyle {
    /** Colours of series: blue, orange, grey. */
    public static final List<Color> SERIES = List.of(new Color(0x0072B2), new Color(0xE69F00), new Color(0x777777));

    private static final int WIDTH = 560;
    private static final int HEAT_HEIGHT = 360;
    private static final Color INK = new Color(0x222222);
    private static final Color GRID = new Color(0xDDDDDD);
    /** From white to a blue on which dark figures can still be read. */
    private static final Color[] HEAT = {Color.WHITE, new Color(0x8CBFE0)};

    private ChartStyle() {}

    /** Returns an empty chart of lines or points. */
    public static XYChart xy(String title, String xTitle, String yTitle, int height) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(height).build();
        apply(chart, title, xTitle, yTitle);
        legendBelow(chart.getStyler(), Styler.LegendLayout.Vertical);
        return chart;
    }

    /** Returns an empty chart of bars. */
    public static CategoryChart bars(String title, String xTitle, String yTitle, int height) {
        CategoryChart chart =
                new CategoryChartBuilder().width(WIDTH).height(height).build();
        apply(chart, title, xTitle, yTitle);
        legendBelow(chart.getStyler(), Styler.LegendLayout.Horizontal);
        chart.getStyler().setAvailableSpaceFill(0.8).setLabelsVisible(false);
        chart.getStyler().setLabelsFont(font(Font.PLAIN, 11)).setLabelsPosition(0.5);
        chart.getStyler().setPlotGridVerticalLinesVisible(false);
        return chart;
    }

    /** Returns an empty chart of a matrix in percent. */
    public static HeatMapChart heat(String title, String xTitle, String yTitle) {
        HeatMapChart chart =
                new HeatMapChartBuilder().width(WIDTH).height(HEAT_HEIGHT).build();
        apply(chart, title, xTitle, yTitle);
        chart.getStyler().setRangeColors(HEAT).setMin(0).setMax(100);
        chart.getStyler().setShowValue(true).setValueFont(font(Font.BOLD, 14)).setValueFontColor(INK);
        chart.getStyler().setHeatMapValueDecimalPattern("0.0").setLegendVisible(false);
        chart.getStyler().setPlotGridLinesVisible(false).setPlotContentSize(1);
        return chart;
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    private static void legendBelow(Styler styler, Styler.LegendLayout layout) {
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(layout);
    }

    private static void apply(Chart<? extends AxesChartStyler, ?> chart, String title, String xTitle, String yTitle) {
        chart.setTitle(title);
        chart.setXAxisTitle(xTitle);
        chart.setYAxisTitle(yTitle);
        AxesChartStyler styler = chart.getStyler();
        styler.setBaseFont(font(Font.PLAIN, 12));
        styler.setChartTitleFont(font(Font.BOLD, 14));
        styler.setAxisTitleFont(font(Font.PLAIN, 13));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 12));
        styler.setLegendFont(font(Font.PLAIN, 12));
        styler.setAnnotationTextFont(font(Font.PLAIN, 12)).setAnnotationTextFontColor(INK);
        styler.setChartBackgroundColor(Color.WHITE).setChartFontColor(INK);
        styler.setPlotBackgroundColor(Color.WHITE).setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setChartTitleBoxVisible(false);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setMarkerSize(9);
        styler.setChartPadding(10);
    }
}
