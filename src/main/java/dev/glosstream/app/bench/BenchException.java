package dev.glosstream.app.bench;

/** A process that was to be measured did not do what it should. */
public class BenchException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public BenchException(String message) {
        super(message);
    }
}
