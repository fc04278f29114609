package dev.glosstream.web;

/** The server cannot serve: most often its port is taken. */
public final class WebException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with what Jetty said. */
    public WebException(String message, Throwable cause) {
        super(message, cause);
    }
}
