package dev.glosstream.window;

import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import java.util.List;

/**
 * An entry whose window has closed.
 *
 * @param entry what waited
 * @param labels the outcome of each text of the entry, in their order
 * @param arrivedMs wall-clock time at which it came; of a restored entry a time so long ago that it is overdue
 * @param closedMs wall-clock time at which the window closed and inference began
 * @param answeredMs wall-clock time at which the labels were there
 * @param <E> what waits
 */
public record Answered<E>(E entry, List<Outcome<Labels>> labels, long arrivedMs, long closedMs, long answeredMs) {
    /** Copies the labels. */
    public Answered {
        labels = List.copyOf(labels);
    }
}
