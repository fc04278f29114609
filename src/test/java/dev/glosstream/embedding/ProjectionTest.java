package dev.glosstream.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProjectionTest {
    private static final int DIMENSION = 12;

    @Test
    void shouldFindTheDirectionsOfLargestVariance() {
        // Given points that differ by 10 along (3, 4, 0)/5, by 1 along the third axis, and lie anywhere else
        WordVectors vectors = new WordVectors(
                List.of("a", "b", "c", "d"),
                new float[][] {{7 + 3, 1 + 4, 2}, {7 - 3, 1 - 4, 2}, {7, 1, 2.5f}, {7, 1, 1.5f}});

        PlaneMap map = Projection.PCA.map(vectors);

        // Then the first axis has the large differences, centred, the second the small ones
        assertThat(map.points().get(0).x()).isCloseTo(5, within(1e-6));
        assertThat(map.points().get(1).x()).isCloseTo(-5, within(1e-6));
        assertThat(map.points().get(2).x()).isCloseTo(0, within(1e-6));
        assertThat(Math.abs(map.points().get(2).y())).isCloseTo(0.5, within(1e-6));
        assertThat(map.points().get(0).y()).isCloseTo(0, within(1e-6));
        assertThat(map.horizontal()).isEqualTo("first component (99 % of the variance)");
        assertThat(map.vertical()).isEqualTo("second component (1 % of the variance)");
    }

    @Test
    void shouldKeepNeighboursTogether() {
        WordVectors vectors = threeGroups();

        PlaneMap map = Projection.TSNE.map(vectors);

        for (int one = 0; one < map.points().size(); one++) {
            assertThat(nearest(map, one) % 3)
                    .as("the nearest point of %d is of its group", one)
                    .isEqualTo(one % 3);
        }
    }

    @Test
    void shouldGiveTheSamePictureAgain() {
        for (Projection projection : Projection.values()) {
            assertThat(projection.map(threeGroups())).isEqualTo(projection.map(threeGroups()));
        }
    }

    @Test
    void shouldWorkOnTheFewestItTakes() {
        for (Projection projection : Projection.values()) {
            int fewest = projection == Projection.PCA ? 3 : 8;
            List<Integer> rows = new ArrayList<>();
            for (int row = 0; row < fewest; row++) {
                rows.add(row);
            }

            assertThat(projection.map(threeGroups().select(rows)).points())
                    .hasSize(fewest)
                    .allSatisfy(point -> assertThat(point.x() + point.y()).isFinite());
            assertThatThrownBy(() -> projection.map(threeGroups().select(rows.subList(1, fewest))))
                    .hasMessageContaining("expected at least " + fewest + " entries");
        }
    }

    private static int nearest(PlaneMap map, int one) {
        PlaneMap.Point point = map.points().get(one);
        int best = -1;
        double smallest = Double.POSITIVE_INFINITY;
        for (int other = 0; other < map.points().size(); other++) {
            PlaneMap.Point candidate = map.points().get(other);
            double distance = Math.hypot(candidate.x() - point.x(), candidate.y() - point.y());
            if (other != one && distance < smallest) {
                smallest = distance;
                best = other;
            }
        }
        return best;
    }

    /** Entry {@code n} belongs to group {@code n % 3}; each group has a direction of its own. */
    private static WordVectors threeGroups() {
        Random random = new Random(4);
        List<String> entries = new ArrayList<>();
        float[][] rows = new float[30][DIMENSION];
        for (int row = 0; row < rows.length; row++) {
            entries.add("entry" + row);
            for (int index = 0; index < DIMENSION; index++) {
                rows[row][index] = (float) (0.1 * random.nextGaussian() + (index == row % 3 ? 2 : 0));
            }
        }
        return new WordVectors(entries, rows);
    }
}
