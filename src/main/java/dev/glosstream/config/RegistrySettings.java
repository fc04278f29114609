package dev.glosstream.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The schema registry of the topics: any with the Confluent-compatible API.
 *
 * @param urls where its API is, at least one, kept without a slash at the end; the next is asked when one does not answer
 * @param subjects naming of subjects
 * @param autoRegister whether schemas of outputs are registered, or must be there
 * @param retryFor how long a stream thread goes on asking a registry that does not answer, 0 to 4 minutes: less than
 *     {@code max.poll.interval.ms}
 * @param access credentials and certificates
 * @param serde classes that take the place of our own
 */
public record RegistrySettings(
        List<URI> urls,
        SubjectNaming subjects,
        boolean autoRegister,
        Duration retryFor,
        Access access,
        SerdeSettings serde) {
    /** What {@code retryFor} may be, in milliseconds. */
    static final Range RETRY_FOR_MS = new Range(0, 240_000);

    private static final int MOST_PORT = 65_535;
    /** Longest time to go on asking, unless it is set. */
    static final Duration DEFAULT_RETRY_FOR = Duration.ofSeconds(30);

    /**
     * How to be let in.
     *
     * @param credentials who asks
     * @param tls certificates of a registry over https
     */
    public record Access(RegistryCredentials credentials, TlsSettings tls) {
        /** Without credentials, with the certificates that Java trusts. */
        public static final Access OPEN = new Access(RegistryCredentials.NONE, TlsSettings.DEFAULT);
    }

    /** Validates and copies. */
    public RegistrySettings {
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("registry.url: expected at least one, got none");
        }
        urls.forEach(RegistrySettings::requireUrl);
        urls = urls.stream().map(RegistrySettings::withoutLastSlash).toList();
        RETRY_FOR_MS.require("registry.retryFor in ms", retryFor.toMillis());
    }

    /** Returns the settings of a registry without credentials: topic naming, schemas registered, our own serde. */
    public static RegistrySettings of(URI... urls) {
        return new RegistrySettings(
                List.of(urls), SubjectNaming.TOPIC, true, DEFAULT_RETRY_FOR, Access.OPEN, SerdeSettings.OWN);
    }

    /** A path is put behind it, by us and by the serdes that are told of it; two slashes in a row lead nowhere. */
    private static URI withoutLastSlash(URI url) {
        return URI.create(url.toString().replaceFirst("/+$", ""));
    }

    /** Returns whether it is the address of a registry: http or https, a host, a port there can be, nothing secret in it. */
    static boolean isUrl(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https"))
                && url.getHost() != null
                && url.getPort() <= MOST_PORT
                && url.getUserInfo() == null
                && url.getQuery() == null
                && url.getFragment() == null;
    }

    private static void requireUrl(URI url) {
        if (!isUrl(url)) {
            // Whoever writes a password into a URL shall not find it in a log.
            throw new IllegalArgumentException(
                    "registry.url: expected http://host:port or https://host:port, perhaps with"
                            + " a path and without user name, got another; see registry.credentials");
        }
    }
}
