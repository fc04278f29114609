package dev.glosstream.window;

import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.Guarantee;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Keeps entries in a window, labels their texts together when it closes, and emits them in arrival order.
 *
 * <p>A window closes when it is full (entries, tokens, bytes, or {@link ThreadShare what its thread can label in time}), or
 * when its oldest entry has waited its time. If it is {@link InputBacklog known} what lies ready in the input, that decides
 * instead: while more lies ready the window fills; when nothing does it closes, at once if none was closed within the
 * wait; and when all has come that lay ready within its wait, it waits no longer. When one window of a thread closes,
 * {@linkplain WindowGroup what waits in the others} is labelled with it. So windows are full under a backlog, and a lone
 * record does not wait at all. Each entry that a commit finds waiting is in the store with it, until it is emitted, so a
 * crash or a {@link dev.glosstream.pipeline.ModelFaultException} loses nothing: {@link #restore} reads the store back, and
 * treats what it finds as overdue. Whether an entry leaves the store at once or only after a commit follows the
 * {@code processing.guarantee} of the running application.
 *
 * <p>One stream task, its thread; from the {@code init} of a processor to its {@code close}.
 *
 * @param <E> what waits
 */
public final class DurableWindow<E extends WindowEntry> implements AutoCloseable {
    /** Bounds the memory of a window of large records, whatever the other bounds are. */
    private static final long MOST_WAITING_BYTES = 32L << 20;

    /**
     * Calls of the timer within the wait. Many keep the overrun of an unlucky record small. The timer is called between two
     * rounds of a stream thread, and a round takes a record if there is one: so many calls without one that lay ready mean that
     * none of those comes, however long the thread was busy with another partition.
     */
    private static final int TICKS = 4;

    /**
     * Name of the property of Kafka Streams that makes windows ask for a commit when they have emitted what was labelled
     * together, instead of leaving it to {@code commit.interval.ms}; its value is {@link Boolean#TRUE}. Nothing waits then, so
     * the commit need not write what waits.
     */
    public static final String COMMITS_AFTER_LABELS = "glosstream.commits.after.labels";

    private final ProcessorContext<?, ?> context;
    private final BatchingSettings batching;
    private final Consumer<Answered<E>> emission;
    private final WindowStore store;
    private final WaitingEntries<E> entries;
    private final TextLabeller labeller;
    private final ReadyInput input;
    private final ThreadShare share = ThreadShare.ofThisThread();
    private final Object kin;
    private final WindowGroup.Member member;
    private final WindowGroup group;
    private final boolean transactional;
    private final boolean commitsAfterLabels;
    private final Cancellable timer;
    private @Nullable Function<InputRecord, E> restored;
    private int ticksWithout;

    /**
     * Opens the window of a task.
     *
     * @param context of the processor; its timer and its stores are used
     * @param stores connected to the processor
     * @param batching when the window closes
     * @param kin the same object for windows whose labellers give the same labels: those of one thread are labelled together
     * @param labeller makes the stages after the window; closed with it
     * @param emission forwards the results of an entry; on the stream thread, within {@link #add} or a timer of the context
     */
    public DurableWindow(
            ProcessorContext<?, ?> context,
            WindowStores stores,
            BatchingSettings batching,
            Object kin,
            Supplier<TextLabeller> labeller,
            Consumer<Answered<E>> emission) {
        this.context = context;
        this.batching = batching;
        this.kin = kin;
        this.emission = emission;
        this.entries = new WaitingEntries<>(batching);
        this.transactional = Guarantee.EXACTLY_ONCE_V2
                .code()
                .equals(context.appConfigs().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
        this.store = new WindowStore(
                context.getStateStore(stores.window()),
                context.getStateStore(stores.commits()),
                transactional,
                share::committing);
        this.input = new ReadyInput(InputBacklog.of(context.appConfigs()));
        // Who names an interval wants that one.
        this.commitsAfterLabels = Boolean.TRUE.equals(context.appConfigs().get(COMMITS_AFTER_LABELS));
        this.labeller = labeller.get();
        this.member = new WindowGroup.Member(entries, input);
        this.group = share.opened(kin, member);
        this.timer = context.schedule(Duration.ofMillis(tickMs()), PunctuationType.WALL_CLOCK_TIME, this::closeIfDue);
    }

    private long tickMs() {
        return Math.max(1, batching.maxWait().toMillis() / TICKS);
    }

    /**
     * Takes back what the store holds, when the window is first used; to be called once, before that.
     *
     * <p>Not at once, so that what a {@code TopologyTestDriver} was given between {@code init} and the first record counts
     * as restored, as if it came from the changelog.
     *
     * @param entries makes an entry of the record that was kept for it
     */
    public void restore(Function<InputRecord, E> entries) {
        restored = entries;
    }

    private void takeBack() {
        Function<InputRecord, E> entries = restored;
        if (entries == null) {
            return;
        }
        long longAgoMs = context.currentSystemTimeMs() - batching.maxWait().toMillis();
        SortedMap<Long, InputRecord> all = store.restore();
        List<WaitingEntries.Waiting<E>> back = new ArrayList<>();
        all.forEach((sequence, kept) ->
                back.add(new WaitingEntries.Waiting<>(sequence, entries.apply(kept), longAgoMs, kept.sizeBytes())));
        // Only when all of them are readable: this is tried again, and none may enter twice.
        back.forEach(waiting -> this.entries.add(waiting, longAgoMs));
        restored = null;
    }

    /**
     * Keeps an entry, and closes the window if that fills it.
     *
     * @param kept what brings the entry back after a crash
     */
    public void add(E entry, InputRecord kept) {
        takeBack();
        long arrivedMs = context.currentSystemTimeMs();
        store.deleteCommitted();
        emitLabelled();
        boolean first = entries.unlabelled().size() == 0;
        boolean layReady = input.took(kept.source());
        boolean known = input.isKnown();
        if (first) {
            input.mark();
        }
        if (first || layReady) {
            ticksWithout = 0;
        }
        long nowMs = nowMs(arrivedMs, known);
        entries.add(new WaitingEntries.Waiting<>(store.add(kept), entry, arrivedMs, kept.sizeBytes()), nowMs);
        boolean overdue = entries.unlabelled().isOverdue(nowMs);
        if (isFull() || (known ? input.isDrainedAfterTaking() && mayCloseDrained(nowMs) : overdue)) {
            closeWindow(arrivedMs);
        }
        commitIfAwaited();
    }

    /**
     * Notes a record that does not come into the window: it no longer lies ready. Whoever cannot tell of such records makes
     * the window wait for them, no longer than for markers of transactions.
     */
    public void passedBy(InputRecord.Source source) {
        input.took(source);
    }

    /**
     * Emits an entry that must not be kept, after everything that waits: so it keeps its place.
     *
     * @param entry with nothing to label: every text of it is refused
     * @param source of its record
     */
    public void answerUnkept(E entry, InputRecord.Source source) {
        takeBack();
        passedBy(source);
        long nowMs = context.currentSystemTimeMs();
        store.deleteCommitted();
        labelAndEmit(nowMs);
        List<Outcome<Labels>> labels = WaitingEntries.labelsOf(entry, Collections.emptyIterator());
        emission.accept(new Answered<>(entry, labels, nowMs, nowMs, nowMs));
        share.sent();
        group.emits();
        commitIfAwaited();
    }

    /** Called by the timer. */
    private void closeIfDue(long tickedMs) {
        boolean known = input.look();
        long nowMs = nowMs(tickedMs, known);
        takeBack();
        store.deleteCommitted();
        ticksWithout++;
        if (ticksWithout >= TICKS) {
            input.giveUp();
        }
        emitLabelled();
        if (entries.unlabelled().size() > 0) {
            closeIfItMust(nowMs, known);
        }
        commitIfAwaited();
    }

    /** Without knowledge of the input the clock of the context is all there is, as a test moves it. */
    private long nowMs(long contextMs, boolean known) {
        long latestMs = group.nowMs(contextMs);
        return known ? latestMs : contextMs;
    }

    private void closeIfItMust(long nowMs, boolean known) {
        boolean overdue = entries.unlabelled().isOverdue(nowMs);
        if (!overdue) {
            input.mark();
        }
        // What came to lie ready only when the oldest had waited its time is no reason to wait: it need not be for the
        // window.
        boolean waited = overdue && (!known || !input.isBehindMark());
        if (isFull() || waited || (known && input.isDrained() && mayCloseDrained(nowMs))) {
            closeWindow(nowMs);
        }
    }

    private boolean isFull() {
        return entries.unlabelled().isFull()
                || entries.unlabelled().tokens() >= share.mostTokens()
                || entries.unlabelledBytes() >= MOST_WAITING_BYTES;
    }

    /**
     * The group lets the wait pass between one call of the models and the next, so that a steady trickle is labelled
     * together, and does not call them before each of its windows has got what lies ready.
     */
    private boolean mayCloseDrained(long nowMs) {
        return entries.unlabelled().isOverdue(nowMs)
                || (group.hasRested(nowMs, batching.maxWait().toMillis(), tickMs()) && group.isDrained());
    }

    private void commitIfAwaited() {
        if (commitsAfterLabels && group.awaitsCommit() && share.mayCommit()) {
            group.commits();
            context.commit();
        }
    }

    /** If labelling takes long it waits for a commit, so that it does not use up the time of a transaction. */
    private void closeWindow(long closedMs) {
        if (transactional && share.shouldCommitBefore(group.unlabelledTokens())) {
            // Whatever was sent may belong to another window, which hears of this commit for itself or is gone.
            store.announceCommit();
            context.commit();
        } else {
            labelAndEmit(closedMs);
        }
    }

    private void labelAndEmit(long closedMs) {
        if (entries.unlabelled().size() > 0) {
            long start = share.start();
            long tokens = group.label(labeller, closedMs);
            group.answered(closedMs, share.labelled(tokens, start));
            // The last tick is for looking what has come.
            share.rests(batching.maxWait().toMillis() - tickMs());
        }
        emitLabelled();
    }

    private void emitLabelled() {
        long nowMs = context.currentSystemTimeMs();
        for (var next = entries.next(); next.isPresent(); next = entries.next()) {
            WaitingEntries.Labelled<E> labelled = next.get();
            WaitingEntries.Waiting<E> waiting = labelled.waiting();
            emission.accept(new Answered<>(
                    waiting.entry(), labelled.labels(), waiting.arrivedMs(), labelled.closedMs(), nowMs));
            share.sent();
            store.remove(waiting.sequence());
        }
    }

    /** Releases the labeller; what waits stays in the store. */
    @Override
    public void close() {
        timer.cancel();
        store.close();
        share.closed(kin, member);
        labeller.close();
    }
}
