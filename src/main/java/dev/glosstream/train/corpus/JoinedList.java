package dev.glosstream.train.corpus;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * Two lists as one, without a copy; both must stay as they are.
 *
 * @param <E> type of the elements
 */
public final class JoinedList<E> extends AbstractList<E> implements RandomAccess {
    private final List<E> first;
    private final List<E> second;

    /**
     * Joins two lists.
     *
     * @param first of random access
     * @param second of random access; its elements follow those of the first
     */
    public JoinedList(List<E> first, List<E> second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public E get(int index) {
        return index < first.size() ? first.get(index) : second.get(index - first.size());
    }

    @Override
    public int size() {
        return first.size() + second.size();
    }
}
