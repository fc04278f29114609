package dev.glosstream.infer;

/** A model or its engine failed. */
public final class InferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with the fault behind it. */
    public InferenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
