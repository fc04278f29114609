package dev.glosstream.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the web server of a running pipeline. */
final class ServiceClient {
    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String root;

    ServiceClient(int port) {
        this.root = "http://127.0.0.1:" + port;
    }

    /** Returns a client of a process that has said where it listens. */
    static ServiceClient of(GlosstreamProcess process) throws InterruptedException {
        process.awaitError("listening on ");
        return new ServiceClient(port(process.err()));
    }

    private static int port(List<String> lines) {
        return lines.stream()
                .map(LISTENING::matcher)
                .filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line tells the port: " + lines));
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(headers.length == 0 ? request(path) : request(path).headers(headers));
    }

    HttpResponse<String> post(String path, String mediaType, String body) throws IOException, InterruptedException {
        return send(request(path).header("Content-Type", mediaType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Opens a stream of server-sent events. */
    Events events(String path) throws IOException, InterruptedException {
        return new Events(new BufferedReader(new InputStreamReader(
                http.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8)));
    }

    /** The data of server-sent events, one after the other. */
    record Events(BufferedReader lines) implements AutoCloseable {
        private static final String DATA = "data: ";

        /** Returns the next one, waiting for it. */
        String next() throws IOException {
            String line = lines.readLine();
            while (!line.startsWith(DATA)) {
                line = lines.readLine();
            }
            return line.substring(DATA.length());
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(30));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
