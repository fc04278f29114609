package dev.glosstream.app.bench;

/** A subject did not answer every text exactly once, though it promises that: its speed means nothing. */
final class WrongResultsException extends BenchException {
    private static final long serialVersionUID = 1L;

    /** Creates it with a message that names counts. */
    WrongResultsException(String message) {
        super(message);
    }
}
