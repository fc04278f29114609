package dev.glosstream.config;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Who asks a schema registry: nobody in particular, a user with a password, or the bearer of a token.
 *
 * <p>Its text shows no secret.
 *
 * @param username empty without basic authentication
 * @param password empty without basic authentication
 * @param token bearer token, visible ASCII, empty without one; not beside a username
 */
public record RegistryCredentials(String username, String password, String token) {
    /** Asks without credentials. */
    public static final RegistryCredentials NONE = new RegistryCredentials("", "", "");

    /** Validates that there is one way in. */
    public RegistryCredentials {
        if (!username.isEmpty() && !token.isEmpty()) {
            throw new IllegalArgumentException(
                    "registry.credentials: expected username and password, or token, got both; remove one");
        }
        if (username.isEmpty() != password.isEmpty()) {
            throw new IllegalArgumentException("registry.credentials: expected username and password, got only one of"
                    + " them; set both or neither");
        }
        if (!token.chars().allMatch(RegistryCredentials::isVisible)) {
            // Java's HTTP client refuses such a header with a message that holds all of it.
            throw new IllegalArgumentException(
                    "registry.credentials.token: expected visible ASCII characters alone, got"
                            + " others; remove the line break at its end, or whatever else does not belong to it");
        }
    }

    private static boolean isVisible(int character) {
        return character > ' ' && character <= '~';
    }

    /** Returns the value of the {@code Authorization} header, if there are credentials. A secret. */
    public Optional<String> authorization() {
        if (!token.isEmpty()) {
            return Optional.of("Bearer " + token);
        }
        if (username.isEmpty()) {
            return Optional.empty();
        }
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
    }

    /** Returns which kind it is. */
    @Override
    public String toString() {
        if (!token.isEmpty()) {
            return "token";
        }
        return username.isEmpty() ? "none" : "username and password";
    }
}
