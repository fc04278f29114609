package dev.glosstream.window;

import dev.glosstream.avro.PendingRecord;
import dev.glosstream.avro.RecordHeader;
import dev.glosstream.ingest.GeneratedDecoder;
import dev.glosstream.ingest.GeneratedRecords;
import dev.glosstream.sequence.InputHeader;
import dev.glosstream.sequence.InputRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.message.BinaryMessageEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Input records ↔ values of the window store: Avro single-object encoding, whatever the format on the topics is.
 *
 * <p>Reads what every earlier version of the schema wrote, because a window may outlive an upgrade.
 */
public final class PendingRecords {
    private final BinaryMessageEncoder<PendingRecord> encoder = PendingRecord.getEncoder();
    private final GeneratedDecoder<PendingRecord> decoder = GeneratedRecords.decoder(PendingRecord.class);

    /** Creates a codec; one thread at a time. */
    public PendingRecords() {}

    /** Encodes a record. */
    public byte[] encode(InputRecord input) {
        InputRecord.Source source = input.source();
        PendingRecord pending = PendingRecord.newBuilder()
                .setKey(buffer(input.key()))
                .setValue(buffer(input.value()))
                .setHeaders(headers(input.headers()))
                .setTopic(source.topic())
                .setPartition(source.partition())
                .setOffset(source.offset())
                .setTimestamp(Instant.ofEpochMilli(source.timestampMs()))
                .build();
        try {
            return bytes(encoder.encode(pending));
        } catch (IOException e) {
            throw new UncheckedIOException("pending record: expected to encode in memory", e);
        }
    }

    /**
     * Decodes a record.
     *
     * @throws IllegalStateException if the store holds something else: the changelog is not ours, or a newer program wrote
     *     it
     */
    public InputRecord decode(byte[] stored) {
        PendingRecord pending;
        try {
            pending = decoder.decode(stored);
        } catch (IOException | RuntimeException e) {
            throw new IllegalStateException(
                    "window store: expected pending records of a known schema, got other bytes; "
                            + "upgrade this instance, or check that its applicationId is its own",
                    e);
        }
        return new InputRecord(
                nullableBytes(pending.getKey()),
                nullableBytes(pending.getValue()),
                pending.getHeaders().stream()
                        .map(header -> new InputHeader(header.getKey(), nullableBytes(header.getValue())))
                        .toList(),
                new InputRecord.Source(
                        pending.getTopic(),
                        pending.getPartition(),
                        pending.getOffset(),
                        pending.getTimestamp().toEpochMilli()));
    }

    private static List<RecordHeader> headers(List<InputHeader> headers) {
        List<RecordHeader> records = new ArrayList<>(headers.size());
        for (InputHeader header : headers) {
            records.add(RecordHeader.newBuilder()
                    .setKey(header.key())
                    .setValue(buffer(header.value()))
                    .build());
        }
        return records;
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static byte @Nullable [] nullableBytes(@Nullable ByteBuffer buffer) {
        return buffer == null ? null : bytes(buffer);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
