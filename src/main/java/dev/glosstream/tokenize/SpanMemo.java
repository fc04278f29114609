package dev.glosstream.tokenize;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was computed of words: most tokens of any text are among a few thousand. A hit reads the characters where
 * they stand and allocates nothing.
 *
 * <p>Bounded: {@value #SLOTS} words of at most {@value #LONGEST} UTF-16 units, each in the one slot that its hash names; a
 * newcomer takes the place of whoever is there. Any number of threads may share one: an entry never changes, and whether a
 * thread sees the latest of a slot does not matter.
 *
 * @param <V> what is computed, immutable
 */
final class SpanMemo<V> {
    private static final int SLOT_BITS = 15;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int LONGEST = 24;

    private final BiFunction<String, String, V> function;
    /** Made when it is first used: many who could encode texts never do. */
    private volatile @Nullable AtomicReferenceArray<Entry<V>> slots;

    /** A word, what it was taken for, and its value. */
    private record Entry<V>(String span, String kind, V value) {}

    /** Remembers the values of a function of a span and of the kind that it is of. */
    SpanMemo(BiFunction<String, String, V> function) {
        this.function = function;
    }

    /** Returns the value of {@code text.substring(start, end)} for a kind. */
    V get(String text, int start, int end, String kind) {
        int length = end - start;
        if (length > LONGEST) {
            return function.apply(text.substring(start, end), kind);
        }
        AtomicReferenceArray<Entry<V>> entries = slots;
        if (entries == null) {
            entries = new AtomicReferenceArray<>(SLOTS);
            slots = entries;
        }
        int slot = slot(text, start, end);
        Entry<V> known = entries.getPlain(slot);
        if (known != null
                && known.span().length() == length
                && text.startsWith(known.span(), start)
                && known.kind().equals(kind)) {
            return known.value();
        }
        String span = text.substring(start, end);
        Entry<V> entry = new Entry<>(span, kind, function.apply(span, kind));
        entries.setPlain(slot, entry);
        return entry.value();
    }

    private static int slot(String text, int start, int end) {
        int hash = 0;
        for (int index = start; index < end; index++) {
            hash = 31 * hash + text.charAt(index);
        }
        // Words differ in their last letters mostly: spread those.
        hash *= 0x9E3779B9;
        return hash >>> (Integer.SIZE - SLOT_BITS);
    }
}
