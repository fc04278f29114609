package dev.glosstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.HttpSettings;
import dev.glosstream.web.Answer;
import dev.glosstream.web.Route;
import dev.glosstream.web.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks under a foreign name, sends slowly, or asks too often. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WebBordersTest {
    private final WebServer server = WebServer.start(
            new HttpSettings(true, "127.0.0.1", 0, true, List.of("labels.example.com")),
            List.of(
                    Route.get("/", query -> Answer.text(200, "here")),
                    Route.post("/in", query -> Answer.text(200, "got " + query.body().length))));

    @AfterEach
    void stop() {
        server.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(40_000);
        return socket;
    }

    private String statusOf(String head) throws IOException {
        try (Socket socket = connect()) {
            send(socket, head);
            return status(socket.getInputStream());
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String status(InputStream in) throws IOException {
        return new String(in.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII)
                .replaceFirst("HTTP/1.1 ", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1:8080",
                "localhost:8080",
                "LOCALHOST",
                "[::1]:80",
                "10.1.2.3",
                "glosstream:8080",
                "glosstream.nlp.svc",
                "glosstream.nlp.svc.cluster.local:80",
                "labels.example.com",
                "Labels.Example.com.:443",
            })
    void shouldAnswerUnderItsOwnNames(String host) throws IOException {
        assertThat(statusOf("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).isEqualTo("200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example:8080",
                "127.0.0.1.attacker.example",
                "localhost.attacker.example",
                "1.2.3.4.nip.io",
                "example.com",
                "xlabels.example.com",
            })
    void shouldRefuseForeignNames(String host) throws IOException {
        assertThat(statusOf("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).isEqualTo("421");
        assertThat(statusOf("POST /in HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo("421");
    }

    @Test
    void shouldEndARequestWhoseBodyDoesNotCome() throws Exception {
        try (Socket slow = connect()) {
            send(slow, "POST /in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n");
            // A byte now and then keeps any idle timeout away.
            CompletableFuture<Void> dripping = CompletableFuture.runAsync(() -> drip(slow));

            String status = status(slow.getInputStream());

            assertThat(status).isIn("408", "");
            dripping.get();
        }
        assertThat(statusOf("POST /in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"))
                .isEqualTo("200");
    }

    private static void drip(Socket socket) {
        try {
            while (!socket.isClosed()) {
                send(socket, "x");
                new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS);
            }
        } catch (IOException | InterruptedException ended) {
            // What was to be shown.
        }
    }

    @Test
    void shouldRefuseABodyThatIsTooLargeWhetherItSaysSoOrNot() throws IOException {
        assertThat(statusOf(
                        "POST /in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 300000\r\n\r\n" + "x".repeat(300_000)))
                .isEqualTo("413");
        String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        assertThat(statusOf("POST /in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(9) + "0\r\n\r\n"))
                .isEqualTo("413");
    }

    @Test
    void shouldTurnAwayWhoFindsNoPlaceToWait() throws Exception {
        Turns turns = new Turns(2, Duration.ofHours(1));
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        List<CompletableFuture<Optional<String>>> taken = new ArrayList<>();
        taken.add(CompletableFuture.supplyAsync(() -> turns.take(() -> {
            begun.countDown();
            await(done);
            return Optional.of("first");
        })));
        begun.await();
        for (int waiting = 1; waiting <= 2; waiting++) {
            CompletableFuture<Optional<String>> next = new CompletableFuture<>();
            new Thread(() -> next.complete(turns.take(() -> Optional.of("next")))).start();
            taken.add(next);
            while (turns.waiting() < waiting) {
                Thread.onSpinWait();
            }
        }

        assertThat(turns.take(() -> Optional.of("too many"))).isEmpty();
        done.countDown();

        assertThat(taken).allSatisfy(each -> assertThat(each.get()).isPresent());
        assertThat(turns.take(() -> Optional.of("again"))).contains("again");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldBoundWhatTheFeedKeepsByItsSizeToo() throws IOException {
        LiveFeed feed = new LiveFeed();
        String half = "x".repeat(LiveFeed.MOST_CHARS / 2);
        feed.publish("a" + half.substring(1));
        feed.publish("b" + half.substring(1));
        feed.publish("c" + half.substring(1));
        feed.publish("d".repeat(LiveFeed.MOST_CHARS + 1));
        feed.publish("e");
        LiveFeed.Watcher watcher = Objects.requireNonNull(feed.watch());

        Seen seen = new Seen(feed, half);
        watcher.writeTo(seen);

        // What came before, then what was pending, as far as there was room.
        assertThat(seen.firsts).hasToString("cefgh");
    }

    /** Publishes more than a watcher may have pending when it begins to read, and leaves after what there was room for. */
    private static final class Seen extends OutputStream {
        private final StringBuilder firsts = new StringBuilder();
        private final LiveFeed feed;
        private final String half;

        Seen(LiveFeed feed, String half) {
            this.feed = feed;
            this.half = half;
        }

        @Override
        public void write(int ignored) {
            throw new IllegalStateException("expected whole events");
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            String event = new String(bytes, StandardCharsets.UTF_8);
            if (event.startsWith("retry")) {
                for (String first : List.of("f", "g", "i", "j")) {
                    feed.publish(first + half.substring(1));
                }
            } else if (event.startsWith("data: ")) {
                firsts.append(event.charAt("data: ".length()));
                if (event.charAt("data: ".length()) == 'g') {
                    feed.publish("h");
                } else if (event.startsWith("data: h")) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
