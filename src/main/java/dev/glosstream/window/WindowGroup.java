package dev.glosstream.window;

import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The windows of one stream thread whose texts the same models label. When one closes, what waits in the others is labelled
 * with it: a call for a few texts costs the models nearly as much as one for twice as many, and each partition has a window of
 * its own. Each window emits its own entries.
 *
 * <p>One thread; windows may join and leave on others.
 */
final class WindowGroup {
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private long closedMs;
    private long answeredMs;
    private long returnedMs;
    private boolean isAway;
    private boolean isUncommitted;

    /** A window. */
    record Member(WaitingEntries<?> entries, ReadyInput input) {}

    /** Adds a window. */
    void join(Member window) {
        members.add(window);
    }

    /** Takes a window out, and returns whether none is left. */
    boolean leave(Member window) {
        members.remove(window);
        return members.isEmpty();
    }

    /** Returns whether nothing more lies ready for any of the windows. */
    boolean isDrained() {
        return members.stream().allMatch(member -> member.input().isDrained());
    }

    /**
     * Notes that the thread is at work with records or timers, and returns the wall-clock time.
     *
     * @param cachedMs as the context of a processor tells it: of the begin of this round, before any labelling in it
     */
    long nowMs(long cachedMs) {
        if (isAway && cachedMs > closedMs) {
            isAway = false;
            returnedMs = cachedMs;
        }
        return Math.max(cachedMs, answeredMs);
    }

    /**
     * Returns whether the models have rested.
     *
     * @param waitMs the least time from labels to the next call
     * @param lookMs the least time from the thread's return: while it labels and commits nothing is fetched, and what its
     *     consumer then has at first is what came when it left
     */
    boolean hasRested(long nowMs, long waitMs, long lookMs) {
        return !isAway && nowMs - answeredMs >= waitMs && nowMs - returnedMs >= lookMs;
    }

    /**
     * Notes that texts were labelled.
     *
     * @param closed wall-clock time at which that began, as the context tells it
     * @param tookMs how long it took
     */
    void answered(long closed, long tookMs) {
        closedMs = closed;
        answeredMs = closed + tookMs;
        isAway = true;
        emits();
    }

    /** Notes that there will be something to commit. */
    void emits() {
        isUncommitted = true;
    }

    /** Returns whether there is something to commit. */
    boolean isUncommitted() {
        return isUncommitted;
    }

    /** Returns whether there is something to commit, and each window has emitted what was labelled. */
    boolean awaitsCommit() {
        return isUncommitted
                && members.stream().noneMatch(member -> member.entries().hasLabelled());
    }

    /** Notes that a commit is asked for. */
    void commits() {
        isUncommitted = false;
    }

    /** Returns how many tokens wait in all windows. */
    long unlabelledTokens() {
        return members.stream()
                .mapToLong(member -> member.entries().unlabelled().tokens())
                .sum();
    }

    /**
     * Labels what waits in all windows. A fault leaves everything waiting as it was.
     *
     * @param labeller of one of them
     * @param closedMs wall-clock time
     * @return how many tokens were labelled
     */
    long label(TextLabeller labeller, long closedMs) {
        List<Member> together = List.copyOf(members);
        List<PreparedText> texts = new ArrayList<>();
        long tokens = unlabelledTokens();
        together.forEach(member -> member.entries().addTextsTo(texts));
        Iterator<Outcome<Labels>> labels = labeller.label(texts).iterator();
        together.forEach(member -> member.entries().label(labels, closedMs));
        return tokens;
    }
}
