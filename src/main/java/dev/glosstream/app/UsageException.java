package dev.glosstream.app;

/** Arguments that do not make sense: the message says what was expected and what was found. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
