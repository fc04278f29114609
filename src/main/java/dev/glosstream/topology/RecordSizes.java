package dev.glosstream.topology;

import dev.glosstream.config.LimitSettings;

/**
 * How large records can get on the way out: the one place that computes it.
 *
 * <p>An output holds its input at most twice (a dead letter carries key and headers both as its own and in its value; an
 * enriched event repeats the text of its entities), and a little more. So twice the largest input and 1 MiB of headroom are
 * enough for every output and for the changelog of the window.
 */
public final class RecordSizes {
    private static final int HEADROOM_BYTES = 1 << 20;

    private RecordSizes() {}

    /**
     * Returns the largest record that the pipeline may write, in bytes: what {@code max.message.bytes} of its output topics
     * must allow if every record within the limits is to get through.
     */
    public static int largestOutputBytes(LimitSettings limits) {
        return largestOutputBytes(limits.maxRecordBytes());
    }

    /**
     * Returns the largest record that the pipeline may write for inputs of at most that size, in bytes: for an input topic
     * that admits less than the limits do.
     *
     * @param largestInputBytes 0 to 64 MiB
     */
    public static int largestOutputBytes(int largestInputBytes) {
        return 2 * largestInputBytes + HEADROOM_BYTES;
    }
}
