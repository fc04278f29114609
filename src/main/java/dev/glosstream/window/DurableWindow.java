package dev.glosstream.window;

import dev.glosstream.batch.Window;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.Guarantee;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
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
 * <p>A window closes when it is full (entries, tokens, bytes) or when its oldest entry has waited its time. Each entry is
 * in the store from its arrival until it is emitted, so a crash or a {@link dev.glosstream.pipeline.ModelFaultException}
 * loses nothing: {@link #restore} reads the store back, and treats what it finds as overdue. Whether an entry leaves the
 * store at once or only after a commit follows the {@code processing.guarantee} of the running application.
 *
 * <p>One stream task, its thread; from the {@code init} of a processor to its {@code close}.
 *
 * @param <E> what waits
 */
public final class DurableWindow<E extends WindowEntry> implements AutoCloseable {
    /** Bounds the memory of a window of large records, whatever the other bounds are. */
    private static final long MOST_WAITING_BYTES = 32L << 20;

    private final ProcessorContext<?, ?> context;
    private final BatchingSettings batching;
    private final Consumer<Answered<E>> emission;
    private final WindowStore store;
    private final Window<Waiting<E>> window;
    private final TextLabeller labeller;
    private final Cancellable timer;
    private @Nullable Function<InputRecord, E> restored;
    private long waitingBytes;

    /** An entry in the window, its arrival number, when it came, and what is kept of it. */
    private record Waiting<E extends WindowEntry>(long sequence, E entry, long arrivedMs, long sizeBytes) {
        /** Tokens that the longest-reading model reads of each text, together; 0 if there is nothing to read. */
        int sequenceLength() {
            int length = 0;
            for (Outcome<PreparedText> text : entry.texts()) {
                length += text.<Integer>fold(PreparedText::sequenceLength, rejection -> 0);
            }
            return length;
        }
    }

    /**
     * Opens the window of a task.
     *
     * @param context of the processor; its timer and its stores are used
     * @param stores connected to the processor; the one for commits only under at-least-once
     * @param batching when the window closes
     * @param labeller makes the stages after the window; closed with it
     * @param emission forwards the results of an entry; on the stream thread, within {@link #add} or a timer of the context
     */
    public DurableWindow(
            ProcessorContext<?, ?> context,
            WindowStores stores,
            BatchingSettings batching,
            Supplier<TextLabeller> labeller,
            Consumer<Answered<E>> emission) {
        this.context = context;
        this.batching = batching;
        this.emission = emission;
        this.window = new Window<>(batching);
        boolean transactional = Guarantee.EXACTLY_ONCE_V2
                .code()
                .equals(context.appConfigs().get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG));
        this.store = new WindowStore(context.getStateStore(stores.window()), transactional);
        if (!transactional) {
            CommitSignal signal = context.getStateStore(stores.commits());
            signal.tell(store::onCommit);
        }
        this.labeller = labeller.get();
        // A quarter of the wait keeps the overrun of an unlucky record small.
        long intervalMs = Math.max(1, batching.maxWait().toMillis() / 4);
        this.timer = context.schedule(Duration.ofMillis(intervalMs), PunctuationType.WALL_CLOCK_TIME, this::closeIfDue);
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
        List<Waiting<E>> back = new ArrayList<>();
        all.forEach((sequence, kept) ->
                back.add(new Waiting<>(sequence, entries.apply(kept), longAgoMs, kept.sizeBytes())));
        // Only when all of them are readable: this is tried again, and none may enter twice.
        back.forEach(this::enter);
        restored = null;
    }

    /**
     * Keeps an entry, and closes the window if that fills it.
     *
     * @param kept what brings the entry back after a crash
     */
    public void add(E entry, InputRecord kept) {
        takeBack();
        long nowMs = context.currentSystemTimeMs();
        store.deleteCommitted();
        enter(new Waiting<>(store.add(kept), entry, nowMs, kept.sizeBytes()));
        closeIfDue(nowMs);
    }

    /**
     * Emits an entry that must not be kept, after everything that waits: so it keeps its place.
     *
     * @param entry with nothing to label: every text of it is refused
     */
    public void answerUnkept(E entry) {
        takeBack();
        long nowMs = context.currentSystemTimeMs();
        store.deleteCommitted();
        closeWindow(nowMs);
        List<Outcome<Labels>> labels = labelsOf(entry, Collections.emptyIterator());
        emission.accept(new Answered<>(entry, labels, nowMs, nowMs, nowMs));
    }

    private void enter(Waiting<E> waiting) {
        window.add(waiting, waiting.sequenceLength(), waiting.arrivedMs());
        waitingBytes += waiting.sizeBytes();
    }

    private void closeIfDue(long nowMs) {
        takeBack();
        store.deleteCommitted();
        if (window.isFull() || window.isOverdue(nowMs) || waitingBytes >= MOST_WAITING_BYTES) {
            closeWindow(nowMs);
        }
    }

    private void closeWindow(long closedMs) {
        List<Waiting<E>> closed = window.drain();
        waitingBytes = 0;
        List<PreparedText> texts = new ArrayList<>();
        for (Waiting<E> waiting : closed) {
            waiting.entry().texts().forEach(text -> text.fold(texts::add, rejection -> false));
        }
        Iterator<Outcome<Labels>> labels = label(texts, closed);
        long nowMs = context.currentSystemTimeMs();
        for (Waiting<E> waiting : closed) {
            E entry = waiting.entry();
            emission.accept(new Answered<>(entry, labelsOf(entry, labels), waiting.arrivedMs(), closedMs, nowMs));
            store.remove(waiting.sequence());
        }
    }

    /** A fault leaves everything waiting: who goes on in spite of it, against advice, loses nothing either. */
    private Iterator<Outcome<Labels>> label(List<PreparedText> texts, List<Waiting<E>> closed) {
        try {
            return labeller.label(texts).iterator();
        } catch (RuntimeException fault) {
            closed.forEach(this::enter);
            throw fault;
        }
    }

    private List<Outcome<Labels>> labelsOf(E entry, Iterator<Outcome<Labels>> labels) {
        return entry.texts().stream()
                .map(text -> text.then(prepared -> labels.next()))
                .toList();
    }

    /** Releases the labeller; what waits stays in the store. */
    @Override
    public void close() {
        timer.cancel();
        labeller.close();
    }
}
