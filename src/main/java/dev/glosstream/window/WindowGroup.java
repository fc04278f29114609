package dev.glosstream.window;

import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The windows of one stream thread whose texts the same models label. When one closes, what waits in the others is labelled
 * with it: a call for a few texts costs the models nearly as much as one for twice as many, and each partition has a window of
 * its own. Each window emits its own entries.
 *
 * <p>One thread.
 */
final class WindowGroup {
    private final List<WaitingEntries<?>> members = new ArrayList<>();
    private long lastClosedMs;

    /** Adds a window. */
    void join(WaitingEntries<?> window) {
        members.add(window);
    }

    /** Takes a window out, and returns whether none is left. */
    boolean leave(WaitingEntries<?> window) {
        members.remove(window);
        return members.isEmpty();
    }

    /** Returns the wall-clock time at which a window last closed; 0 if none has. */
    long lastClosedMs() {
        return lastClosedMs;
    }

    /**
     * Labels what waits in all windows. A fault leaves everything waiting as it was.
     *
     * @param labeller of one of them
     * @param closedMs wall-clock time
     * @param clock tells the wall-clock time
     * @return how many tokens were labelled
     */
    long label(TextLabeller labeller, long closedMs, LongSupplier clock) {
        List<PreparedText> texts = new ArrayList<>();
        long tokens = 0;
        for (WaitingEntries<?> member : members) {
            tokens += member.unlabelled().tokens();
            member.addTextsTo(texts);
        }
        Iterator<Outcome<Labels>> labels = labeller.label(texts).iterator();
        long answeredMs = clock.getAsLong();
        members.forEach(member -> member.label(labels, closedMs, answeredMs));
        lastClosedMs = closedMs;
        return tokens;
    }
}
