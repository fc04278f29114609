package dev.glosstream.train.corpus;

/** A corpus that cannot be read: the message names file and line. */
public final class CorpusException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public CorpusException(String message) {
        super(message);
    }

    /** Creates an exception with the fault behind it. */
    public CorpusException(String message, Throwable cause) {
        super(message, cause);
    }
}
