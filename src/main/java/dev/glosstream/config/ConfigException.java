package dev.glosstream.config;

import java.util.List;

/** Settings that cannot be used, with every mistake of the file and of its overrides. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // always an immutable list of the platform, which is serializable
    private final List<String> mistakes;

    /**
     * Creates an exception.
     *
     * @param mistakes one line each, at least one, in the order of the file
     */
    public ConfigException(List<String> mistakes) {
        super(String.join("\n", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    /** Returns every mistake, one line each: {@code file:line: key: expected …, got …}. */
    public List<String> mistakes() {
        return mistakes;
    }
}
