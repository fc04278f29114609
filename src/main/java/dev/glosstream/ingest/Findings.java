package dev.glosstream.ingest;

import dev.glosstream.config.FieldPath;
import java.util.ArrayList;
import java.util.List;

/**
 * What a walk over one record has found at the ends of some paths, by the index of the path. One record, one thread.
 *
 * <p>A record may have millions of elements, each of them a few bytes: of each path it keeps no more texts than prove that
 * there are too many, the first place with nothing, and the first with something else.
 */
final class Findings {
    /** Texts, places with nothing, and all others. */
    private static final int SORTS = 3;

    private final List<FieldPath> paths;
    private final List<List<Finding>> found;
    private final int[][] countBySort;
    private final List<Integer> indexes = new ArrayList<>();

    Findings(List<FieldPath> paths) {
        this.paths = paths;
        this.found = new ArrayList<>(paths.size());
        paths.forEach(path -> found.add(new ArrayList<>(1)));
        this.countBySort = new int[paths.size()][SORTS];
    }

    /**
     * Returns what is kept of what was found for a path, in the order of the record; nothing before the walk has come
     * there.
     */
    List<Finding> of(int path) {
        return found.get(path);
    }

    /** Notes that the walk enters the elements of a list. */
    void enterList() {
        indexes.add(0);
    }

    /** Notes that the walk goes on to an element. */
    void element(int index) {
        indexes.set(indexes.size() - 1, index);
    }

    /** Notes that the walk leaves a list. */
    void leaveList() {
        indexes.remove(indexes.size() - 1);
    }

    /** Notes one value that has no parts, or none at all, at a node. */
    void value(PathTree node, Finding.Kind kind, String text) {
        node.ends().forEach(path -> end(path, node, kind, text));
        node.through().forEach(path -> breakOff(path, node, kind));
    }

    /** Notes a record, an object or a map at a node: the end of some paths, and a dead end of those that want a list. */
    void fields(PathTree node) {
        node.ends().forEach(path -> end(path, node, Finding.Kind.FIELDS, ""));
        deadEnd(node, true, Finding.Kind.FIELDS);
    }

    /** Notes a list at a node: the end of some paths, and a dead end of those that want a field. */
    void list(PathTree node, boolean empty) {
        Finding.Kind kind = empty ? Finding.Kind.EMPTY_LIST : Finding.Kind.LIST;
        node.ends().forEach(path -> end(path, node, kind, ""));
        deadEnd(node, false, kind);
        if (empty) {
            deadEnd(node, true, kind);
        }
    }

    /** Notes for the paths that lead on through elements, or through fields, that they end at a node. */
    private void deadEnd(PathTree node, boolean throughElements, Finding.Kind kind) {
        for (int path : node.through()) {
            if (paths.get(path).steps().get(node.depth()).isEach() == throughElements) {
                breakOff(path, node, kind);
            }
        }
    }

    private void end(int path, PathTree node, Finding.Kind kind, String text) {
        if (isWanted(path, kind == Finding.Kind.TEXT ? 0 : others(kind))) {
            found.get(path).add(new Finding(paths.get(path).prefix(node.depth(), indexes), true, kind, text));
        }
    }

    private void breakOff(int path, PathTree node, Finding.Kind kind) {
        if (isWanted(path, others(kind))) {
            found.get(path).add(new Finding(paths.get(path).prefix(node.depth(), indexes), false, kind, ""));
        }
    }

    private static int others(Finding.Kind kind) {
        return kind.isNothing() ? 1 : 2;
    }

    private boolean isWanted(int path, int sort) {
        int most = sort == 0 ? FieldMapping.MOST_TEXTS + 1 : 1;
        return countBySort[path][sort]++ < most;
    }
}
