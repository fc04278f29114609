package dev.glosstream.tokenize;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was computed of words: most tokens of any text are among a few thousand. A hit reads the characters where
 * they stand and allocates nothing.
 *
 * <p>Bounded: {@value #SLOTS} words of at most {@value #LONGEST} UTF-16 units, each in one of the two slots that its hash
 * names; a newcomer takes the place of whoever was used longer ago. Any number of threads may share one: an entry never
 * changes, and whether a thread sees the latest of a slot does not matter.
 *
 * @param <E> what is computed, immutable
 */
final class SpanMemo<E extends SpanMemo.Entry> {
    private static final int SLOT_BITS = 16;
    private static final int SLOTS = 1 << SLOT_BITS;
    private static final int LONGEST = 24;
    /**
     * Most words are no longer, and of signs that fit a byte: those are compared as one number, without a look at their
     * text.
     */
    private static final int LONGEST_PACKED = Long.BYTES;

    private static final int NOT_PACKED = 0;

    private final BiFunction<String, String, E> function;
    /** Made when it is first used: many who could encode texts never do. */
    private volatile @Nullable AtomicReferenceArray<E> slots;

    /**
     * A word and what it was taken for. What was computed of it is in the same object: each further one is a wait for
     * memory.
     */
    abstract static class Entry {
        private final long packed;
        private final String span;
        private final String kind;

        Entry(String span, String kind) {
            this.packed = packed(span, 0, span.length());
            this.span = span;
            this.kind = kind;
        }

        final boolean is(long word, String text, int start, int length, String ofKind) {
            boolean same =
                    word == NOT_PACKED ? span.length() == length && text.startsWith(span, start) : packed == word;
            return same && kind.equals(ofKind);
        }
    }

    /** Remembers the values of a function of a span and of the kind that it is of. */
    SpanMemo(BiFunction<String, String, E> function) {
        this.function = function;
    }

    /** Returns the entry of {@code text.substring(start, end)} for a kind. */
    E get(String text, int start, int end, String kind) {
        int length = end - start;
        if (length > LONGEST) {
            return function.apply(text.substring(start, end), kind);
        }
        AtomicReferenceArray<E> entries = slots;
        if (entries == null) {
            entries = new AtomicReferenceArray<>(SLOTS);
            slots = entries;
        }
        long packed = packed(text, start, end);
        int first = packed == NOT_PACKED ? slot(text, start, end) : slot(packed);
        E known = entries.getPlain(first);
        if (known != null && known.is(packed, text, start, length, kind)) {
            return known;
        }
        E second = entries.getPlain(first + 1);
        E entry = second != null && second.is(packed, text, start, length, kind)
                ? second
                : function.apply(text.substring(start, end), kind);
        // Who came last goes first, so that rare words push out each other and not the frequent ones.
        entries.setPlain(first + 1, known);
        entries.setPlain(first, entry);
        return entry;
    }

    /** Returns the signs of a word side by side, a number that no other word has, or {@link #NOT_PACKED}. */
    private static long packed(String text, int start, int end) {
        if (end - start > LONGEST_PACKED) {
            return NOT_PACKED;
        }
        long packed = 0;
        for (int index = start; index < end; index++) {
            char sign = text.charAt(index);
            // Without 0 no shorter word is the end of a longer one.
            if (sign > 0xFF || sign == 0) {
                return NOT_PACKED;
            }
            packed = (packed << Byte.SIZE) | sign;
        }
        return packed;
    }

    /** Returns the first of two slots. */
    private static int slot(long packed) {
        return (int) ((packed * 0x9E3779B97F4A7C15L) >>> (Long.SIZE - SLOT_BITS)) & ~1;
    }

    /** Returns the first of two slots. */
    private static int slot(String text, int start, int end) {
        int hash = 0;
        for (int index = start; index < end; index++) {
            hash = 31 * hash + text.charAt(index);
        }
        // Words differ in their last letters mostly: spread those.
        hash *= 0x9E3779B9;
        return hash >>> (Integer.SIZE - SLOT_BITS) & ~1;
    }
}
