package dev.glosstream.app.bench;

import java.util.BitSet;

/**
 * Which texts have results, and how many results came twice. One thread.
 *
 * <p>A run may end before all texts are answered. Also then it is known whether one was lost: what was read from one
 * partition is answered in its order, so no text without a result lies before one that has it.
 */
final class Answers {
    private final int[] partitions;
    private final BitSet answered = new BitSet();
    private long doubled;
    private long unknown;

    /**
     * Creates the answers to texts, none so far.
     *
     * @param partitions where each text lies in the input; not modified, not copied
     */
    Answers(int[] partitions) {
        this.partitions = partitions;
    }

    /** Notes a result, and returns whether it is the first of a text. */
    boolean add(int text) {
        if (text < 0 || text >= partitions.length) {
            unknown++;
            return false;
        }
        if (answered.get(text)) {
            doubled++;
            return false;
        }
        answered.set(text);
        return true;
    }

    /**
     * Requires what was promised.
     *
     * @param isOver whether every text had its time to be answered; else only those before the last answered one of each
     *     partition had, if they are answered in order
     * @throws WrongResultsException if a result is missing or came twice
     */
    void require(Promise promise, boolean isOver) {
        if (promise == Promise.NONE) {
            return;
        }
        long missing =
                isOver ? partitions.length - answered.cardinality() : promise == Promise.IN_ORDER ? leftOut() : 0;
        if (missing > 0 || doubled > 0 || unknown > 0) {
            throw new WrongResultsException("results: expected each of " + partitions.length
                    + " texts answered exactly once" + (isOver ? "" : ", as far as the run went") + ", got " + missing
                    + " missing, " + doubled + " more than once, " + unknown + " of no text");
        }
    }

    /** Returns how many texts have no result though a later one of their partition has. */
    private long leftOut() {
        BitSet reached = new BitSet();
        long leftOut = 0;
        for (int text = answered.length() - 1; text >= 0; text--) {
            if (answered.get(text)) {
                reached.set(partitions[text]);
            } else if (reached.get(partitions[text])) {
                leftOut++;
            }
        }
        return leftOut;
    }
}
