package dev.glosstream.ingest;

import dev.glosstream.config.FieldPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Several paths as one tree, so that one walk over a record finds the ends of them all. A node is a place in a record that
 * some path leads to or through. Immutable once built.
 */
final class PathTree {
    private final int depth;
    private final Map<String, PathTree> fields = new LinkedHashMap<>();
    private final List<Integer> ends = new ArrayList<>();
    private final List<Integer> through = new ArrayList<>();
    private @Nullable PathTree elements;

    private PathTree(int depth) {
        this.depth = depth;
    }

    /** Returns the root of a tree; paths are known by their index from here on. */
    static PathTree of(List<FieldPath> paths) {
        PathTree root = new PathTree(0);
        for (int index = 0; index < paths.size(); index++) {
            PathTree node = root;
            for (FieldPath.Step step : paths.get(index).steps()) {
                node.through.add(index);
                node = node.grow(step);
            }
            node.ends.add(index);
        }
        return root;
    }

    private PathTree grow(FieldPath.Step step) {
        if (!step.isEach()) {
            return fields.computeIfAbsent(step.name(), name -> new PathTree(depth + 1));
        }
        if (elements == null) {
            elements = new PathTree(depth + 1);
        }
        return elements;
    }

    /** Returns the steps from the root to this node. */
    int depth() {
        return depth;
    }

    /** Returns the paths that end here. */
    List<Integer> ends() {
        return ends;
    }

    /** Returns the paths that lead through here to somewhere else. */
    List<Integer> through() {
        return through;
    }

    /** Returns the names that paths follow from here. */
    Collection<String> names() {
        return fields.keySet();
    }

    /** Returns the node of a field, null if no path leads to it. */
    @Nullable
    PathTree field(String name) {
        return fields.get(name);
    }

    /** Returns the node of the elements, null if no path leads to them. */
    @Nullable
    PathTree elements() {
        return elements;
    }
}
