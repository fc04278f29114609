package dev.glosstream.testkit;

import dev.glosstream.sequence.Task;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the scorers of one set of rule models did, and whether they work. Any thread. */
final class RuleLog {
    private final Map<Task, List<Integer>> batches = new EnumMap<>(Task.class);
    private boolean broken;
    private int open;

    synchronized void breakDown(boolean now) {
        broken = now;
    }

    synchronized boolean isBroken() {
        return broken;
    }

    synchronized void opened() {
        open++;
    }

    synchronized void closed() {
        open--;
    }

    synchronized int open() {
        return open;
    }

    synchronized void scored(Task task, int batchSize) {
        batches.computeIfAbsent(task, first -> new ArrayList<>()).add(batchSize);
    }

    /** Returns the sizes since the last call, and forgets those of all tasks. */
    synchronized List<Integer> takeBatches(Task task) {
        List<Integer> sizes = List.copyOf(batches.getOrDefault(task, List.of()));
        batches.clear();
        return sizes;
    }
}
