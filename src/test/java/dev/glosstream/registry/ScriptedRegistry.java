package dev.glosstream.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An HTTP server that says what a test tells it to, and remembers what it was asked. */
final class ScriptedRegistry implements AutoCloseable {
    static final String NOT_FOUND = "{\"error_code\": 40403, \"message\": \"Schema not found\"}";

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private record Answer(int status, String body) {}

    ScriptedRegistry() throws IOException {
        this(InetAddress.getLoopbackAddress());
    }

    ScriptedRegistry(InetAddress address) throws IOException {
        server = HttpServer.create(new InetSocketAddress(address, 0), 0);
        server.createContext("/", exchange -> {
            String question = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            asked.add(question);
            Answer answer = next(question);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private synchronized Answer next(String question) {
        Deque<Answer> waiting = answers.getOrDefault(question, new ArrayDeque<>());
        if (waiting.isEmpty()) {
            return new Answer(404, NOT_FOUND);
        }
        return waiting.size() == 1 ? waiting.peek() : waiting.remove();
    }

    /** Answers a question so; several answers are given one after the other, the last one for ever. */
    synchronized ScriptedRegistry answer(String question, int status, String body) {
        answers.computeIfAbsent(question, key -> new ArrayDeque<>()).add(new Answer(status, body));
        return this;
    }

    URI url() {
        String host = server.getAddress().getAddress() instanceof Inet6Address ? "[::1]" : "127.0.0.1";
        return URI.create("http://" + host + ":" + server.getAddress().getPort());
    }

    List<String> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
