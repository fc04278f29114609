package dev.glosstream.web;

import dev.glosstream.config.HttpSettings;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that the server may be asked under.
 *
 * <p>A page of anybody can let its own name lead to an address of this network or machine, and its script then counts as
 * coming from here ("DNS rebinding"). What it cannot change is the name, which stands in the {@code Host} header. So the
 * server answers to addresses, to its own names, and to names that nobody can have outside of this network. Immutable.
 */
final class HostNames {
    /** One label, as Compose and Kubernetes name services; and the endings that public DNS does not have. */
    private static final Pattern INNER = Pattern.compile("[a-z0-9_-]+|.+\\.(localhost|local|internal|svc)");

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[.*]");

    private final Set<String> own = new HashSet<>();

    /** Creates the names of a server. */
    HostNames(HttpSettings settings) {
        own.add(settings.host().toLowerCase(Locale.ROOT));
        settings.names().forEach(name -> own.add(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * Returns whether a request may be answered.
     *
     * @param host name or address of its {@code Host} header, without the port; null if it has none, as no browser does
     */
    boolean accept(@Nullable String host) {
        if (host == null || host.isEmpty()) {
            return true;
        }
        String name = host.toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        return own.contains(name)
                || ADDRESS.matcher(name).matches()
                || INNER.matcher(name).matches();
    }
}
