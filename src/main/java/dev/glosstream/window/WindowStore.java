package dev.glosstream.window;

import dev.glosstream.sequence.InputRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The durable side of the window: waiting records by arrival number.
 *
 * <p>A record is written when a commit finds it waiting, not when it arrives: until then the offsets that are committed lie
 * before it, and after a crash it is read again. Most records are answered before that and are never written.
 *
 * <p>Numbers start at 0 whenever the store is empty, so that few keys ever live in the changelog and its compaction keeps
 * it short. One stream task, its thread.
 */
final class WindowStore {
    /*
     * Under exactly-once a deletion and the results of its record commit together, so the record is deleted at once.
     * Under at-least-once nothing ties them: the deletion could reach its broker and the result not, while the offset was
     * committed earlier; then the record would be lost. There a record is deleted only after a commit, which means that
     * its results are acknowledged. A crash in between labels it twice.
     */
    private final KeyValueStore<Long, byte[]> store;
    private final TaskSignal signal;
    private final boolean deletesAtOnce;
    private final Runnable committing;
    private final PendingRecords codec = new PendingRecords();
    private final Deque<Long> emitted = new ArrayDeque<>();
    /** The last of those that wait, in arrival order. */
    private final Deque<InputRecord> unwritten = new ArrayDeque<>();

    private int committed;
    private int waiting;
    private long next;

    /**
     * Opens a store with what it holds.
     *
     * @param signal of the same task
     * @param deletesAtOnce whether deletions and results are in one transaction
     * @param committing called when a commit begins, if records came since the last one or it was {@linkplain
     *     #announceCommit announced}
     */
    WindowStore(KeyValueStore<Long, byte[]> store, TaskSignal signal, boolean deletesAtOnce, Runnable committing) {
        this.store = store;
        this.signal = signal;
        this.deletesAtOnce = deletesAtOnce;
        this.committing = committing;
        signal.whenCommitting(this::onCommitting);
        if (!deletesAtOnce) {
            signal.whenCommitted(this::onCommit);
        }
    }

    /** Returns what the store holds, by arrival number; later records get higher numbers. */
    SortedMap<Long, InputRecord> restore() {
        SortedMap<Long, InputRecord> records = new TreeMap<>();
        try (KeyValueIterator<Long, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Long, byte[]> entry = all.next();
                records.put(entry.key, codec.decode(entry.value));
            }
        }
        waiting = records.size();
        next = records.isEmpty() ? 0 : records.lastKey() + 1;
        return records;
    }

    /** Keeps a record and returns its arrival number. */
    long add(InputRecord input) {
        long sequence = next++;
        waiting++;
        unwritten.add(input);
        if (unwritten.size() == 1) {
            announceCommit();
        }
        return sequence;
    }

    /** Asks to be told when the next commit begins. */
    void announceCommit() {
        signal.announceCommit();
    }

    private void onCommitting() {
        committing.run();
        writeWaiting();
    }

    private void writeWaiting() {
        long sequence = next - unwritten.size();
        for (InputRecord input : unwritten) {
            store.put(sequence++, codec.encode(input));
        }
        unwritten.clear();
    }

    /** Gives up the oldest record that waits; its results have been forwarded. */
    void remove(long sequence) {
        waiting--;
        if (sequence >= next - unwritten.size()) {
            unwritten.remove();
        } else if (deletesAtOnce) {
            store.delete(sequence);
        } else {
            emitted.add(sequence);
        }
        startAgainIfEmpty();
    }

    private void onCommit() {
        committed = emitted.size();
    }

    /** Deletes what was given up before the last commit. */
    void deleteCommitted() {
        for (; committed > 0; committed--) {
            store.delete(emitted.remove());
        }
        startAgainIfEmpty();
    }

    private void startAgainIfEmpty() {
        if (waiting == 0 && emitted.isEmpty()) {
            next = 0;
        }
    }

    /** Writes nothing more: what waits was not committed, or is in the store. */
    void close() {
        signal.whenCommitting(() -> {});
    }
}
