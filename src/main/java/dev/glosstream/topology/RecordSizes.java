package dev.glosstream.topology;

import dev.glosstream.config.LimitSettings;

/**
 * How large records can get on the way out: the one place that computes it.
 *
 * <p>An output holds its input at most twice (a dead letter carries key and headers both as its own and in its value; an
 * enriched event repeats the text of its entities), and a little more. So twice the largest input and 256 KiB of headroom are
 * enough for every output and for the changelog of the window.
 */
public final class RecordSizes {
    private static final int HEADROOM_BYTES = 256 << 10;

    private RecordSizes() {}

    /**
     * Returns the largest record that the pipeline may write, in bytes: what {@code max.message.bytes} of its output topics
     * must allow if every record within the limits is to get through.
     */
    public static int largestOutputBytes(LimitSettings limits) {
        return 2 * limits.maxRecordBytes() + HEADROOM_BYTES;
    }

    /**
     * Returns the largest input whose every output fits into so many bytes; negative if there is none.
     *
     * @param outputBytes smallest {@code max.message.bytes} of the output topics
     */
    public static int largestInputBytes(int outputBytes) {
        return (outputBytes - HEADROOM_BYTES) / 2;
    }
}
