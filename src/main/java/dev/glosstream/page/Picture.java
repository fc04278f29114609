package dev.glosstream.page;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;

/** A chart as an image within a page, sharp on paper too. */
public final class Picture {
    private static final int PIXELS_PER_POINT = 2;

    private Picture() {}

    /**
     * Returns an {@code img} element.
     *
     * @param description what the picture shows, for who does not see it
     */
    public static String html(Chart<?, ?> chart, String description) {
        BufferedImage image = new BufferedImage(
                chart.getWidth() * PIXELS_PER_POINT, chart.getHeight() * PIXELS_PER_POINT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.scale(PIXELS_PER_POINT, PIXELS_PER_POINT);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("picture: expected to write PNG into memory, got " + e.getMessage(), e);
        }
        return "<img width=\"" + chart.getWidth() + "\" height=\"" + chart.getHeight() + "\" alt=\""
                + EscapedHtml.of(description) + "\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(bytes.toByteArray()) + "\">";
    }
}
