package dev.glosstream.app;

import java.io.IOException;

/** Whoever read the output has gone, as {@code head} does: nothing is wrong, there is only nobody left to write for. */
final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputClosedException(IOException cause) {
        super("output: expected a reader, got " + cause.getMessage(), cause);
    }
}
