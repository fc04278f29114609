package dev.glosstream.embedding;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A map of entries as a PNG: a point each, with the entry beside it where there is room.
 *
 * <p>Needs no display, but a font; any thread.
 */
public final class PlanePicture {
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1200;
    private static final int EDGE = 8;
    private static final int POINT_SIZE = 6;
    private static final Color POINT = new Color(0x2F6DB5);
    private static final Color LABEL = new Color(0x222222);
    private static final Font LABEL_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    private static final Font TITLE_FONT = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    private static final String SERIES = "entries";

    private final BufferedImage image;
    private final int labelled;

    private PlanePicture(BufferedImage image, int labelled) {
        this.image = image;
        this.labelled = labelled;
    }

    /**
     * Draws a map.
     *
     * @param title what it is a picture of
     */
    public static PlanePicture draw(String title, PlaneMap map) {
        XYChart chart = chart(title, map);
        BufferedImage image = BitmapEncoder.getBufferedImage(chart);
        Graphics2D graphics = image.createGraphics();
        try {
            return new PlanePicture(image, drawLabels(graphics, chart, map.points()));
        } finally {
            graphics.dispose();
        }
    }

    private static XYChart chart(String title, PlaneMap map) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title + ", " + map.method())
                .xAxisTitle(map.horizontal())
                .yAxisTitle(map.vertical())
                .build();
        boolean axes = !map.horizontal().isEmpty();
        chart.getStyler()
                .setDefaultSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
                .setChartTitleFont(TITLE_FONT)
                .setLegendVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setMarkerSize(POINT_SIZE);
        chart.getStyler()
                .setAxisTitlesVisible(axes)
                .setAxisTicksVisible(axes)
                .setAxisTitleFont(LABEL_FONT)
                .setAxisTickLabelsFont(LABEL_FONT)
                .setPlotGridLinesColor(new Color(0xE4E4E4));
        XYSeries series = chart.addSeries(
                SERIES,
                map.points().stream().mapToDouble(PlaneMap.Point::x).toArray(),
                map.points().stream().mapToDouble(PlaneMap.Point::y).toArray());
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(POINT);
        return chart;
    }

    private static int drawLabels(Graphics2D graphics, XYChart chart, List<PlaneMap.Point> points) {
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setFont(LABEL_FONT);
        graphics.setColor(LABEL);
        FontMetrics metrics = graphics.getFontMetrics();
        List<Point2D> places = new ArrayList<>(points.size());
        points.forEach(point -> places.add(
                new Point2D.Double(chart.getScreenXFromChart(point.x()), chart.getScreenYFromChart(point.y()))));
        LabelPlaces free =
                new LabelPlaces(new Rectangle2D.Double(EDGE, EDGE, WIDTH - 2.0 * EDGE, HEIGHT - 2.0 * EDGE), places);
        int labelled = 0;
        for (int index = 0; index < places.size(); index++) {
            String label = label(points.get(index).entry());
            Optional<Rectangle2D> place = free.take(places.get(index), metrics.stringWidth(label), metrics.getAscent());
            if (place.isPresent()) {
                graphics.drawString(label, (float) place.get().getX(), (float)
                        (place.get().getMaxY() - metrics.getDescent() / 2.0));
                labelled++;
            }
        }
        return labelled;
    }

    /** What the font has no picture for, most emoji among it, stands there by its number. */
    private static String label(String entry) {
        return entry.codePoints()
                .mapToObj(codePoint -> LABEL_FONT.canDisplay(codePoint) && !Character.isISOControl(codePoint)
                        ? Character.toString(codePoint)
                        : String.format("U+%X", codePoint))
                .collect(Collectors.joining());
    }

    /** Returns how many entries have their label; the others had no room. */
    public int labelled() {
        return labelled;
    }

    /** Writes the picture as a PNG. The file is there whole or as it was before. */
    public void write(Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            if (!ImageIO.write(image, "png", beside.toFile())) {
                throw new IOException("picture '" + file + "': expected a writer of PNG in this Java, found none");
            }
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
