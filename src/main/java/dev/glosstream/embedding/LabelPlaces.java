package dev.glosstream.embedding;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds room for labels beside the points of a picture, so that no label lies on another or on a point. */
final class LabelPlaces {
    private static final double GAP = 5;
    /** Where a label may stand, as its centre's way from the point: right, left, above, below, and the corners. */
    private static final double[][] DIRECTIONS = {{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {1, -1}, {1, 1}, {-1, -1}, {-1, 1}};

    private final Rectangle2D bounds;
    private final List<Rectangle2D> taken = new ArrayList<>();

    /**
     * Starts a picture.
     *
     * @param bounds what labels must not leave
     * @param points what labels must not cover
     */
    LabelPlaces(Rectangle2D bounds, List<Point2D> points) {
        this.bounds = bounds;
        for (Point2D point : points) {
            taken.add(new Rectangle2D.Double(point.getX() - GAP / 2, point.getY() - GAP / 2, GAP, GAP));
        }
    }

    /** Returns a free place beside a point for a label of that size, and takes it; empty if there is none. */
    Optional<Rectangle2D> take(Point2D point, double width, double height) {
        for (double[] direction : DIRECTIONS) {
            double x = point.getX() + direction[0] * (width / 2 + GAP) - width / 2;
            double y = point.getY() + direction[1] * (height / 2 + GAP) - height / 2;
            Rectangle2D place = new Rectangle2D.Double(x, y, width, height);
            if (bounds.contains(place) && taken.stream().noneMatch(place::intersects)) {
                taken.add(place);
                return Optional.of(place);
            }
        }
        return Optional.empty();
    }
}
