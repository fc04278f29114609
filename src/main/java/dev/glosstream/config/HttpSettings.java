package dev.glosstream.config;

import java.util.List;

/**
 * The small web server of a running pipeline: metrics, health, and the console if it is wanted.
 *
 * @param enabled whether there is one
 * @param host address to listen on: {@code 127.0.0.1} for this machine alone, {@code 0.0.0.0} for everybody
 * @param port 0 to 65535; 0 takes a free one, which the log tells
 * @param console whether the page that labels texts and shows results is served too; it shows texts of events to whoever
 *     can reach the port
 * @param names further names that it is asked under, as behind a proxy; requests under other names are refused
 */
public record HttpSettings(boolean enabled, String host, int port, boolean console, List<String> names) {
    /** What {@code http.port} may be. */
    static final Range PORT = new Range(0, 65_535);
    /** What {@code http.host} may be. */
    static final TextRule HOST = new TextRule("[A-Za-z0-9.:_-]{1,253}", "a host name or an address");

    /** On, on this machine alone, port 8080, no console. */
    public static final HttpSettings DEFAULT = new HttpSettings(true, "127.0.0.1", 8080, false);

    /** Validates host and port, and copies. */
    public HttpSettings {
        names = List.copyOf(names);
        PORT.require("http.port", port);
        if (!HOST.accepts(host)) {
            throw new IllegalArgumentException("http.host: expected " + HOST.words() + ", got '" + host + "'");
        }
    }

    /** Creates settings without further names. */
    public HttpSettings(boolean enabled, String host, int port, boolean console) {
        this(enabled, host, port, console, List.of());
    }

    /** Returns where it answers on a port, for people: an address of IPv6 in brackets. */
    public String url(int listeningPort) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + listeningPort;
    }

    /** Returns these settings with the console. */
    public HttpSettings withConsole() {
        return new HttpSettings(true, host, port, true, names);
    }
}
