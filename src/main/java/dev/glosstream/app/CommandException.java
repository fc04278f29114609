package dev.glosstream.app;

import org.jspecify.annotations.Nullable;

/** Ends a command: the message says what was expected, what was found and what to do. */
final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandException(int exitCode, String message) {
        this(exitCode, message, null);
    }

    CommandException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** Returns how the process ends, one of {@link ExitCode}. */
    int exitCode() {
        return exitCode;
    }
}
