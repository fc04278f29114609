package dev.glosstream.app;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes lines in UTF-8, whatever the locale is, each ended by a line feed. Any thread; lines stay whole. */
final class LineOutput {
    private static final int BUFFER_BYTES = 1 << 16;
    /** What the system says when the reader of a pipe has gone, as head does once it has enough. */
    private static final String BROKEN_PIPE = "Broken pipe";

    private final OutputStream out;

    /** Writes to a stream, which stays open. */
    LineOutput(OutputStream out) {
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    /**
     * Writes a line, perhaps only into memory.
     *
     * @throws OutputClosedException if nobody reads any more
     * @throws CommandException if the output cannot be written
     */
    synchronized void line(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /**
     * Hands over all that was written.
     *
     * @throws OutputClosedException if nobody reads any more
     * @throws CommandException if the output cannot be written
     */
    synchronized void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private static RuntimeException failure(IOException e) {
        if (String.valueOf(e.getMessage()).contains(BROKEN_PIPE)) {
            return new OutputClosedException(e);
        }
        return new CommandException(
                ExitCode.FAILED,
                "standard output: expected to take every line, got " + e.getMessage()
                        + "; write to somewhere that is open and has space",
                e);
    }
}
