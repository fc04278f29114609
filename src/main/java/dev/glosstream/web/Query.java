package dev.glosstream.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a route.
 *
 * @param accept its {@code Accept} header, null if it sent none
 * @param mediaType media type of the body without parameters, null if it sent none
 * @param body the body; empty if there was none. Shared, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // made by the server, read once, never compared
public record Query(@Nullable String accept, @Nullable String mediaType, byte[] body) {

    /** Returns what the client would like to get, if it says so. */
    public Optional<String> wanted() {
        return Optional.ofNullable(accept);
    }

    /** Returns whether the body is said to be JSON: browsers send that to their own site alone, unless they are allowed. */
    public boolean isJson() {
        return "application/json".equalsIgnoreCase(mediaType);
    }
}
