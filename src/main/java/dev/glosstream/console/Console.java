package dev.glosstream.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glosstream.web.Answer;
import dev.glosstream.web.Query;
import dev.glosstream.web.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The routes of the console: its page, {@code POST /api/label}, and {@code GET /api/events}.
 *
 * <p>{@code /api/label} takes {@code {"text": "…"}} as {@code application/json} and answers the same object as {@code
 * glosstream label --json}; {@code /api/events} is a stream of such objects. Any thread.
 */
public final class Console {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HTML = "text/html; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String ICON = "image/svg+xml";
    private static final int BAD_REQUEST = 400;
    private static final int UNSUPPORTED = 415;
    private static final int BUSY = 503;

    private final Function<String, Optional<String>> labeller;
    private final LiveFeed feed;

    /**
     * Creates a console.
     *
     * @param labeller text → its result as one line of JSON; empty while it cannot answer. Any number of threads at once
     * @param feed the latest results
     */
    public Console(Function<String, Optional<String>> labeller, LiveFeed feed) {
        this.labeller = labeller;
        this.feed = feed;
    }

    /** Returns all routes of the console. */
    public List<Route> routes() {
        return List.of(
                file("/", "console.html", HTML),
                file("/console.css", "console.css", CSS),
                file("/console.js", "console.js", SCRIPT),
                file("/icon.svg", "icon.svg", ICON),
                Route.post("/api/label", this::label),
                Route.get("/api/events", query -> events()));
    }

    private static Route file(String path, String resource, String mediaType) {
        byte[] content = read(resource);
        return Route.get(path, query -> Answer.of(200, mediaType, content));
    }

    private static byte[] read(String resource) {
        try (InputStream in = Console.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + ": missing; build the program again");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer label(Query query) {
        if (!query.isJson()) {
            return Answer.text(UNSUPPORTED, "body: expected application/json\n");
        }
        Optional<String> text = text(query.body());
        if (text.isEmpty()) {
            return Answer.text(BAD_REQUEST, "body: expected {\"text\": \"…\"}\n");
        }
        return labeller.apply(text.get())
                .map(json -> Answer.json(200, json))
                .orElseGet(() -> Answer.text(BUSY, "the models are not ready, or busy; ask again in a moment\n"));
    }

    private static Optional<String> text(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body))
                    .map(object -> object.get("text"))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer events() {
        LiveFeed.Watcher watcher = feed.watch();
        return watcher == null
                ? Answer.text(BUSY, "too many watch already\n")
                : Answer.endless("text/event-stream", watcher::writeTo);
    }
}
