package dev.glosstream.window;

import dev.glosstream.batch.Window;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What waits in a window, in arrival order: first those that are labelled and not yet emitted, then those that are not
 * labelled. One thread.
 *
 * @param <E> what waits
 */
final class WaitingEntries<E extends WindowEntry> {
    private final Window<Waiting<E>> unlabelled;
    private final Deque<Labelled<E>> labelled = new ArrayDeque<>();
    private long unlabelledBytes;

    /** An entry, its arrival number, when it came, and the size of what is kept of it. */
    record Waiting<E extends WindowEntry>(long sequence, E entry, long arrivedMs, long sizeBytes) {
        /** Tokens that the longest-reading model reads of each text, together; 0 if there is nothing to read. */
        int sequenceLength() {
            int length = 0;
            for (Outcome<PreparedText> text : entry.texts()) {
                length += text.<Integer>fold(PreparedText::sequenceLength, rejection -> 0);
            }
            return length;
        }
    }

    /** An entry with the outcome of each of its texts, and when inference began. */
    record Labelled<E extends WindowEntry>(Waiting<E> waiting, List<Outcome<Labels>> labels, long closedMs) {}

    WaitingEntries(BatchingSettings bounds) {
        this.unlabelled = new Window<>(bounds);
    }

    /**
     * Adds an entry behind the others.
     *
     * @param sinceMs wall-clock time from which on it waits
     */
    void add(Waiting<E> waiting, long sinceMs) {
        unlabelled.add(waiting, waiting.sequenceLength(), sinceMs);
        unlabelledBytes += waiting.sizeBytes();
    }

    /** Returns those that are not labelled. */
    Window<Waiting<E>> unlabelled() {
        return unlabelled;
    }

    /** Returns the size of what is kept of those that are not labelled. */
    long unlabelledBytes() {
        return unlabelledBytes;
    }

    /** Adds the texts of those that are not labelled, those that can be labelled, in arrival order. */
    void addTextsTo(List<PreparedText> texts) {
        for (Waiting<E> waiting : unlabelled.waiting()) {
            waiting.entry().texts().forEach(text -> text.fold(texts::add, rejection -> false));
        }
    }

    /**
     * Labels all that are not.
     *
     * @param labels of the texts of {@link #addTextsTo}, in their order; so many are taken
     * @param closedMs wall-clock time at which inference began
     */
    void label(Iterator<Outcome<Labels>> labels, long closedMs) {
        for (Waiting<E> waiting : unlabelled.drain()) {
            labelled.add(new Labelled<>(waiting, labelsOf(waiting.entry(), labels), closedMs));
        }
        unlabelledBytes = 0;
    }

    /** Returns the outcome of each text of an entry. */
    static List<Outcome<Labels>> labelsOf(WindowEntry entry, Iterator<Outcome<Labels>> labels) {
        return entry.texts().stream()
                .map(text -> text.then(prepared -> labels.next()))
                .toList();
    }

    /** Returns whether entries are labelled and not yet emitted. */
    boolean hasLabelled() {
        return !labelled.isEmpty();
    }

    /** Takes the oldest entry out, if it is labelled. */
    Optional<Labelled<E>> next() {
        return Optional.ofNullable(labelled.poll());
    }
}
