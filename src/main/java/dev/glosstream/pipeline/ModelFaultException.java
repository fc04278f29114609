package dev.glosstream.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * A model fails whatever it is given, or the machine has no memory left: not the fault of a record. The stream thread
 * stops, nothing is committed, nothing is lost.
 */
public final class ModelFaultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with the fault behind it. */
    public ModelFaultException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
