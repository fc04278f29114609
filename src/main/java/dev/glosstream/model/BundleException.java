package dev.glosstream.model;

/** A model bundle that must not be used: a file is missing, altered, or says something impossible. */
public final class BundleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message names the bundle, the rule and what was found. */
    public BundleException(String message) {
        super(message);
    }

    /** Creates an exception with the fault behind it. */
    public BundleException(String message, Throwable cause) {
        super(message, cause);
    }
}
