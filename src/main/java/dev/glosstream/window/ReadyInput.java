package dev.glosstream.window;

import dev.glosstream.sequence.InputRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Whether more records lie ready behind those that came to a window, asked no more often than the answer can change.
 *
 * <p>It counts offsets, and not each is a record that comes: some are markers of transactions, and whoever stands before the
 * window may leave records out. So a window also marks what lies ready, to see whether that is what comes, and gives up what
 * does not come. One stream task, its thread.
 */
final class ReadyInput {
    private final InputBacklog backlog;
    private final Map<Place, Progress> partitions = new HashMap<>();

    /** A partition. */
    private record Place(String topic, int partition) {}

    /** How far a partition is. */
    private static final class Progress {
        /** Offset of the last record that came, or that is given up. */
        private long last;
        /** Offset behind all that were there when the backlog was last asked. */
        private long end;
        /** What {@code end} was at the last mark. */
        private long marked;

        boolean isBehind(long end) {
            return last < end - 1;
        }
    }

    ReadyInput(InputBacklog backlog) {
        this.backlog = backlog;
    }

    /**
     * Notes that a record came, into the window or past it.
     *
     * @return whether it lay ready at the last mark
     */
    boolean took(InputRecord.Source source) {
        Place place = new Place(source.topic(), source.partition());
        Progress partition = partitions.computeIfAbsent(place, first -> new Progress());
        partition.last = source.offset();
        return partition.last < partition.marked;
    }

    /** Returns whether nothing more lies ready; to be asked after each record. */
    boolean isDrainedAfterTaking() {
        if (isComing()) {
            return false;
        }
        OptionalLong left = left();
        return left.isPresent() && left.getAsLong() == 0;
    }

    /** Returns whether nothing more lies ready but, perhaps, the marker that ends a transaction. */
    boolean isDrained() {
        OptionalLong left = left();
        return left.isPresent() && left.getAsLong() <= partitions.size();
    }

    /** Returns whether that can be known; while records that were ready are still coming, it is. */
    boolean isKnown() {
        return isComing() || look();
    }

    /** Asks anew what lies ready, and returns whether it is known. */
    boolean look() {
        boolean answered = left().isPresent();
        return isComing() || (answered && !partitions.isEmpty());
    }

    private boolean isComing() {
        return partitions.values().stream().anyMatch(partition -> partition.isBehind(partition.end));
    }

    /** Marks what lay ready when that was last asked. */
    void mark() {
        partitions.values().forEach(partition -> partition.marked = partition.end);
    }

    /** Returns whether some of what lay ready at the last mark has not come. */
    boolean isBehindMark() {
        return partitions.values().stream().anyMatch(partition -> partition.isBehind(partition.marked));
    }

    /** Takes what lay ready when that was last asked for no records. One that comes all the same puts that right. */
    void giveUp() {
        partitions.values().forEach(partition -> partition.last = Math.max(partition.last, partition.end - 1));
    }

    private OptionalLong left() {
        long sum = 0;
        for (Map.Entry<Place, Progress> each : partitions.entrySet()) {
            Place place = each.getKey();
            Progress partition = each.getValue();
            OptionalLong left = backlog.after(place.topic(), place.partition(), partition.last);
            if (left.isEmpty()) {
                return left;
            }
            partition.end = partition.last + left.getAsLong() + 1;
            sum += left.getAsLong();
        }
        return OptionalLong.of(sum);
    }
}
