package dev.glosstream.web;

import dev.glosstream.config.HttpSettings;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A running web server with a fixed set of routes.
 *
 * <p>Plain HTTP/1.1; who needs TLS or users puts a proxy in front. Its threads are daemons: they do not keep a process alive.
 * Any thread.
 */
public final class WebServer implements AutoCloseable {
    /** Enough for a scraper, two probes and {@link dev.glosstream.config.HttpSettings}' handful of people at the console. */
    private static final int MOST_THREADS = 48;

    private static final long IDLE_MS = 30_000;

    private final Server server;
    private final ServerConnector connector;

    private WebServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts a server.
     *
     * @param routes its addresses, all different
     * @throws WebException if it cannot listen
     */
    public static WebServer start(HttpSettings settings, List<Route> routes) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 1);
        threads.setName("http");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(protocol()));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE_MS);
        server.addConnector(connector);
        server.setHandler(new RouteHandler(routes, new HostNames(settings)));
        // Who keeps a connection open, and every watcher does, is not waited for.
        server.setStopTimeout(0);
        WebServer started = new WebServer(server, connector);
        try {
            server.start();
        } catch (Exception e) {
            started.close();
            throw new WebException(
                    "http: expected to listen on " + settings.host() + ":" + settings.port() + ", got " + root(e)
                            + "; set http.port to another one (0 takes a free one), or http.enabled to false",
                    e);
        }
        return started;
    }

    private static HttpConfiguration protocol() {
        HttpConfiguration protocol = new HttpConfiguration();
        protocol.setSendServerVersion(false);
        protocol.setSendDateHeader(false);
        protocol.setUriCompliance(UriCompliance.DEFAULT);
        return protocol;
    }

    private static String root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    /** Returns the port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    /** Stops it at once: connections end, also in the middle of an answer. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new WebException("http: expected to stop, got " + root(e), e);
        }
    }
}
