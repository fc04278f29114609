package dev.glosstream.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a stream of bytes into lines: at every line feed, and nowhere else; one carriage return before it is left out.
 *
 * <p>One thread.
 */
final class LineInput {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final int longestBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private int position;
    private int limit;
    private long lineBytes;
    private boolean ended;

    /**
     * Reads from a stream, which stays open.
     *
     * @param longestBytes most bytes that are kept of a line
     */
    LineInput(InputStream in, int longestBytes) {
        this.in = in;
        this.longestBytes = longestBytes;
    }

    /** Returns the next line, waiting for it; empty at the end of the input. */
    Optional<InputLine> next() throws IOException {
        return read(true);
    }

    /** Returns the next line if it can be had without waiting; empty if it cannot, or at the end of the input. */
    Optional<InputLine> nextIfReady() throws IOException {
        return read(false);
    }

    private Optional<InputLine> read(boolean wait) throws IOException {
        while (!ended) {
            if (position < limit && takeUpToLineFeed()) {
                return Optional.of(take());
            }
            if (!wait && in.available() == 0) {
                return Optional.empty();
            }
            limit = in.read(buffer);
            position = 0;
            if (limit < 0) {
                ended = true;
                return lineBytes == 0 ? Optional.empty() : Optional.of(take());
            }
        }
        return Optional.empty();
    }

    /** Moves bytes from the buffer into the line; returns whether the line is complete. */
    private boolean takeUpToLineFeed() {
        int end = position;
        while (end < limit && buffer[end] != '\n') {
            end++;
        }
        // One more than may stay, for a carriage return that does not count.
        int room = longestBytes + 1 - line.size();
        line.write(buffer, position, Math.min(room, end - position));
        lineBytes += end - position;
        boolean complete = end < limit;
        position = complete ? end + 1 : end;
        return complete;
    }

    private InputLine take() {
        byte[] bytes = line.toByteArray();
        long total = lineBytes;
        line.reset();
        lineBytes = 0;
        boolean whole = bytes.length == total;
        if (whole && total > 0 && bytes[bytes.length - 1] == '\r') {
            bytes = Arrays.copyOf(bytes, bytes.length - 1);
            total--;
        }
        return InputLine.of(bytes.length > longestBytes ? Arrays.copyOf(bytes, longestBytes) : bytes, total);
    }
}
