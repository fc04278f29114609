package dev.glosstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.HttpSettings;
import dev.glosstream.web.Health;
import dev.glosstream.web.Route;
import dev.glosstream.web.WebServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console and its server, as a browser sees them. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ConsoleTest {
    private final LiveFeed feed = new LiveFeed();
    private final HttpClient http = HttpClient.newHttpClient();
    private WebServer server;

    @BeforeEach
    void start() {
        List<Route> routes = new ArrayList<>(new Console(this::label, feed).routes());
        routes.addAll(new Health(List::of, () -> List.of(new Health.Check("models", false, "loading"))).routes());
        routes.add(Route.get("/broken", query -> {
            throw new IllegalStateException("a secret");
        }));
        server = WebServer.start(new HttpSettings(true, "127.0.0.1", 0, true, List.of("labels.example.com")), routes);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Optional<String> label(String text) {
        return text.equals("busy") ? Optional.empty() : Optional.of("{\"length\":" + text.length() + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/console.css", "/console.js", "/icon.svg", "/health/live", "/nothing", "/broken"})
    void shouldProtectEveryAnswer(String path) throws Exception {
        HttpResponse<String> answer = get(path);

        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http:", "https:", "*");
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        assertThat(answer.body()).doesNotContain("a secret");
    }

    @Test
    void shouldServeAPageWhoseFilesAreAllHere() throws Exception {
        String page = get("/").body();
        String script = get("/console.js").body();

        assertThat(page)
                .doesNotContain("//", "<style", "onclick", " style=")
                .contains("lang=\"en\"", "aria-live=\"polite\"");
        assertThat(script).doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
        for (String file : List.of("/console.css", "/console.js", "/icon.svg")) {
            assertThat(page).contains("\"" + file + "\"");
            assertThat(get(file).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void shouldLabelATypedText() throws Exception {
        HttpResponse<String> answer = post("application/json; charset=utf-8", "{\"text\": \"äö\"}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.body()).isEqualTo("{\"length\":2}");
    }

    @Test
    void shouldRefuseWhatIsNoText() throws Exception {
        assertThat(post("text/plain", "{\"text\": \"a\"}").statusCode())
                .as("a form of another site")
                .isEqualTo(415);
        for (String body : List.of("", "{", "[]", "{}", "{\"text\": 1}", "null", "\"a\"")) {
            assertThat(post("application/json", body).statusCode()).as(body).isEqualTo(400);
        }
        assertThat(post("application/json", "{\"text\": \"busy\"}").statusCode())
                .isEqualTo(503);
        String large = "{\"text\": \"" + "a".repeat(300_000) + "\"}";
        assertThat(post("application/json", large).statusCode()).isEqualTo(413);
    }

    @Test
    void shouldAnswerMethodsThatItKnows() throws Exception {
        HttpResponse<String> head = send(request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        HttpResponse<String> endless = send(request("/api/events").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        HttpResponse<String> delete = send(request("/api/label").DELETE());

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(endless.statusCode()).isEqualTo(200);
        assertThat(delete.statusCode()).isEqualTo(405);
        assertThat(delete.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void shouldTellHealthWithItsReasons() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").body())
                .isEqualTo(
                        "{\"status\":\"down\",\"checks\":[{\"name\":\"models\",\"ok\":false,\"detail\":\"loading\"}]}\n");
    }

    @Test
    void shouldSendResultsAsTheyComeAndTheLatestFirst() throws Exception {
        for (int number = 0; number < LiveFeed.KEPT + 5; number++) {
            feed.publish("{\"n\":" + number + "}");
        }
        HttpResponse<InputStream> stream =
                http.send(request("/api/events").build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            for (int number = 5; number < LiveFeed.KEPT + 5; number++) {
                assertThat(data(lines)).isEqualTo("{\"n\":" + number + "}");
            }
            feed.publish("{\"n\":\"new\"}");

            assertThat(data(lines)).isEqualTo("{\"n\":\"new\"}");
        }
    }

    @Test
    void shouldHaveAPlaceForSomeWatchersOnly() throws Exception {
        for (int watcher = 0; watcher < 16; watcher++) {
            HttpResponse<InputStream> stream =
                    http.send(request("/api/events").build(), HttpResponse.BodyHandlers.ofInputStream());
            // The place is taken once something was written.
            assertThat(stream.body().read()).isEqualTo('r');
        }

        assertThat(get("/api/events").statusCode()).isEqualTo(503);
    }

    @Test
    void shouldKeepNoPlaceForWhoDoesNotWatch() throws Exception {
        for (int asked = 0; asked < 20; asked++) {
            send(request("/api/events").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        }

        assertThat(feed.watch()).isNotNull();
    }

    private static String data(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (!line.startsWith("data: ")) {
            line = lines.readLine();
        }
        return line.substring("data: ".length());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpResponse<String> post(String mediaType, String body) throws Exception {
        return send(request("/api/label")
                .header("Content-Type", mediaType)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
