package dev.glosstream.observe;

import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import dev.glosstream.sequence.Rejection;
import java.util.List;
import java.util.Optional;

/**
 * Continues the trace that a record came with in what is written about it.
 *
 * <p>Called on the threads that do the work, several at once.
 */
public interface RecordTracing {
    /** Leaves every header as it is. */
    RecordTracing OFF = (input, times, refusal) -> List.of();

    /**
     * When a record was at hand.
     *
     * @param arrivedMs wall-clock time of its arrival
     * @param leftMs wall-clock time at which its results were made, not before {@code arrivedMs}
     */
    record Times(long arrivedMs, long leftMs) {}

    /**
     * Notes that a record has been dealt with; called once for each, when its results are made.
     *
     * @param refusal why it was refused, if it was
     * @return headers that take the place of those of the same name in everything written about the record; one without a
     *     value takes them away
     */
    List<InputHeader> continued(InputRecord input, Times times, Optional<Rejection> refusal);
}
