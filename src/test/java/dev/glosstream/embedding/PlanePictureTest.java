package dev.glosstream.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanePictureTest {
    private static final Rectangle2D BOUNDS = new Rectangle2D.Double(0, 0, 400, 300);

    @Test
    void shouldDrawAPointAndALabelPerEntry(@TempDir Path folder) throws IOException {
        List<PlaneMap.Point> points = List.of(
                new PlaneMap.Point("good", 1, 1),
                new PlaneMap.Point("שלום", -1, 1),
                new PlaneMap.Point("\u0007", -1, -1),
                new PlaneMap.Point("middle", 0, 0));
        Path file = folder.resolve("map.png");

        PlanePicture picture = PlanePicture.draw("test", new PlaneMap("by hand", "x", "y", points));
        picture.write(file);

        assertThat(picture.labelled()).isEqualTo(4);
        BufferedImage read = ImageIO.read(file.toFile());
        assertThat(read.getWidth()).isEqualTo(1600);
        assertThat(read.getHeight()).isEqualTo(1200);
        assertThat(pixels(read, 0x2F6DB5)).as("points").isGreaterThan(4 * 10);
        assertThat(pixels(read, 0x222222)).as("labels").isGreaterThan(100);
        assertThat(folder.toFile().list()).containsExactly("map.png");
    }

    @Test
    void shouldDrawOneEntryAloneAndEqualPlaces() {
        PlaneMap.Point point = new PlaneMap.Point("one", 2, 2);

        assertThat(PlanePicture.draw("t", new PlaneMap("m", "", "", List.of(point)))
                        .labelled())
                .isEqualTo(1);
        assertThat(PlanePicture.draw("t", new PlaneMap("m", "x", "y", List.of(point, point)))
                        .labelled())
                .isEqualTo(2);
    }

    @Property(tries = 50)
    void shouldPutNoLabelOnAnotherOrOnAPointOrOutside(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int count) {
        Random random = new Random(seed);
        List<Point2D> points = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            points.add(new Point2D.Double(400 * random.nextDouble(), 300 * random.nextDouble()));
        }
        LabelPlaces places = new LabelPlaces(BOUNDS, points);

        List<Rectangle2D> taken = new ArrayList<>();
        points.forEach(
                point -> places.take(point, 10 + 50 * random.nextDouble(), 12).ifPresent(taken::add));

        for (int one = 0; one < taken.size(); one++) {
            assertThat(BOUNDS.contains(taken.get(one))).isTrue();
            for (int other = 0; other < one; other++) {
                assertThat(taken.get(one).intersects(taken.get(other))).isFalse();
            }
            for (Point2D point : points) {
                assertThat(taken.get(one).contains(point)).isFalse();
            }
        }
    }

    private static int pixels(BufferedImage image, int colour) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += new Color(image.getRGB(x, y)).equals(new Color(colour)) ? 1 : 0;
            }
        }
        return count;
    }
}
