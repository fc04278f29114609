package dev.glosstream.window;

import dev.glosstream.sequence.InputRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Whether more records lie ready behind those that a window took, asked no more often than the answer can change. One
 * stream task, its thread.
 */
final class ReadyInput {
    private final InputBacklog backlog;
    private final Map<Place, Long> taken = new HashMap<>();
    private long pointless;

    /** A partition. */
    private record Place(String topic, int partition) {}

    ReadyInput(InputBacklog backlog) {
        this.backlog = backlog;
    }

    /** Notes that a record was taken. */
    void took(InputRecord.Source source) {
        taken.put(new Place(source.topic(), source.partition()), source.offset());
        pointless--;
    }

    /**
     * Returns whether nothing more lies ready; to be asked after each record. As many records as were ready at the last
     * answer are let pass before it asks again.
     */
    boolean isDrainedAfterTaking() {
        if (pointless > 0) {
            return false;
        }
        OptionalLong left = left();
        pointless = left.orElse(0);
        return left.isPresent() && left.getAsLong() == 0;
    }

    /** Returns whether nothing more lies ready but, perhaps, the marker that ends a transaction. */
    boolean isDrained() {
        OptionalLong left = left();
        return left.isPresent() && left.getAsLong() <= taken.size();
    }

    /** Returns whether that can be known; while records that were ready are still coming, it is. */
    boolean isKnown() {
        return pointless > 0 || (!taken.isEmpty() && left().isPresent());
    }

    private OptionalLong left() {
        long sum = 0;
        for (Map.Entry<Place, Long> last : taken.entrySet()) {
            Place place = last.getKey();
            OptionalLong left = backlog.after(place.topic(), place.partition(), last.getValue());
            if (left.isEmpty()) {
                return left;
            }
            sum += left.getAsLong();
        }
        return OptionalLong.of(sum);
    }
}
