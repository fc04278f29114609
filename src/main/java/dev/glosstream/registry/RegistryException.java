package dev.glosstream.registry;

import org.jspecify.annotations.Nullable;

/**
 * A registry that does not answer as a registry does, or refuses us: a fault that is not about a record. The message names
 * the address and says what to do; it holds no secret.
 */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception. */
    public RegistryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
