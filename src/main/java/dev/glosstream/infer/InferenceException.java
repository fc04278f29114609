package dev.glosstream.infer;

import java.util.Locale;

/** A model or its engine failed on a batch. */
public final class InferenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with the fault behind it. */
    public InferenceException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns whether the engine had no memory: not the fault of what it was given. */
    public boolean isOutOfMemory() {
        String text = rootMessage().toLowerCase(Locale.ROOT);
        return text.contains("out of memory") || text.contains("allocate memory") || text.contains("not enough memory");
    }

    /** Returns the first line of what the deepest cause says. */
    public String rootMessage() {
        Throwable root = this;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
