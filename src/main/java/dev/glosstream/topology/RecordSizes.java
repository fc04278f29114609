package dev.glosstream.topology;

import dev.glosstream.config.LimitSettings;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * How large records can get on the way out: the one place that computes it.
 *
 * <p>An output holds its input at most twice (a dead letter carries key and headers both as its own and in its value; an
 * enriched event repeats the text of its entities), and a little more; one whose labels take more than that is refused. So
 * twice the largest input and 256 KiB of headroom are enough for every output and for the changelog of the window.
 */
public final class RecordSizes {
    private static final int HEADROOM_BYTES = 256 << 10;
    /** Of a batch with one record: more than Kafka's own estimate. */
    private static final int RECORD_OVERHEAD_BYTES = 256;
    /** Two lengths, each of at most five bytes. */
    private static final int HEADER_OVERHEAD_BYTES = 10;

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

    /** Returns what a record takes on a topic at most, in bytes. */
    public static long sizeBytes(Record<byte[], byte[]> record) {
        long size = RECORD_OVERHEAD_BYTES + length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            size += HEADER_OVERHEAD_BYTES
                    + header.key().getBytes(StandardCharsets.UTF_8).length
                    + length(header.value());
        }
        return size;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
