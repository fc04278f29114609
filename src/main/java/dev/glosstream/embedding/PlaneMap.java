package dev.glosstream.embedding;

import java.util.ArrayList;
import java.util.List;

/**
 * Entries as points of a plane.
 *
 * @param method how the plane was found, for the picture's title
 * @param horizontal what the horizontal axis is
 * @param vertical what the vertical axis is
 * @param points one per entry, in their order
 */
public record PlaneMap(String method, String horizontal, String vertical, List<Point> points) {

    /**
     * One entry.
     *
     * @param entry the entry
     * @param x its place on the horizontal axis
     * @param y its place on the vertical axis
     */
    public record Point(String entry, double x, double y) {}

    /** Copies the points. */
    public PlaneMap {
        points = List.copyOf(points);
    }

    /** Returns the map of vectors whose places are given, {@code [V, 2]}. */
    static PlaneMap of(String method, String horizontal, String vertical, WordVectors vectors, double[][] places) {
        List<Point> points = new ArrayList<>(places.length);
        for (int row = 0; row < places.length; row++) {
            points.add(new Point(vectors.entries().get(row), places[row][0], places[row][1]));
        }
        return new PlaneMap(method, horizontal, vertical, points);
    }
}
