package dev.glosstream.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * What stands before a registry in many companies: a proxy that speaks TLS and asks for a password, a token, or a client's
 * certificate. It can be shut, as if the registry were gone, and opened again at the same address.
 */
public final class RegistryGate implements AutoCloseable {
    private final RegistryProcess registry;
    private final TestCertificates certificates;
    private final boolean asksForCertificate;
    private final String authorization;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpsServer server;

    /**
     * Opens a gate.
     *
     * @param authorization the header that opens it; empty for none
     * @param asksForCertificate whether clients must show one
     */
    public RegistryGate(
            RegistryProcess registry, TestCertificates certificates, String authorization, boolean asksForCertificate)
            throws IOException, GeneralSecurityException {
        this.registry = registry;
        this.certificates = certificates;
        this.authorization = authorization;
        this.asksForCertificate = asksForCertificate;
        this.server = serve(0);
    }

    private HttpsServer serve(int port) throws IOException, GeneralSecurityException {
        HttpsServer opened = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        opened.setHttpsConfigurator(new HttpsConfigurator(context()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters defaults = getSSLContext().getDefaultSSLParameters();
                defaults.setNeedClientAuth(asksForCertificate);
                parameters.setSSLParameters(defaults);
            }
        });
        opened.setExecutor(threads);
        opened.createContext("/", this::handle);
        opened.start();
        return opened;
    }

    private SSLContext context() throws IOException, GeneralSecurityException {
        char[] password = TestCertificates.PASSWORD.toCharArray();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(certificates.server().toFile(), password), password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(certificates.clientTrust().toFile(), password));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String given = exchange.getRequestHeaders().getFirst("Authorization");
            if (!authorization.isEmpty() && !authorization.equals(given)) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            HttpResponse<byte[]> response = forward(exchange);
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(response.body());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException, InterruptedException {
        URI to = registry.url().resolve(exchange.getRequestURI());
        return client.send(
                HttpRequest.newBuilder(to)
                        .header("Content-Type", "application/json")
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(
                                        exchange.getRequestBody().readAllBytes()))
                        .build(),
                BodyHandlers.ofByteArray());
    }

    /** Returns the address of the Confluent-compatible API behind the gate. */
    public URI url() {
        return URI.create("https://localhost:" + server.getAddress().getPort()
                + registry.url().getPath());
    }

    /** Returns what was let in so far, method and path each. */
    public List<String> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    /** Shuts it: nobody listens at its address any more. */
    public void shut() {
        server.stop(0);
    }

    /** Opens it again, at the same address. */
    public void open() throws IOException, GeneralSecurityException {
        server = serve(server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
