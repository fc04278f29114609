package dev.glosstream.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether something is alive, and whether it is ready for work, each with its reasons.
 *
 * <p>JSON: {@code {"status": "up" | "down", "checks": [{"name", "ok", "detail"}]}}, status 200 or 503. Any thread.
 */
public final class Health {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final Supplier<List<Check>> alive;
    private final Supplier<List<Check>> ready;

    /**
     * One reason.
     *
     * @param name what was looked at
     * @param ok whether it is as it should be
     * @param detail how it is, in words
     */
    public record Check(String name, boolean ok, String detail) {}

    /**
     * Creates health.
     *
     * @param alive the checks of which one that fails means: end this process and start another
     * @param ready the checks that must all hold before it counts as working
     */
    public Health(Supplier<List<Check>> alive, Supplier<List<Check>> ready) {
        this.alive = alive;
        this.ready = ready;
    }

    /** Returns whether every check of readiness holds now. */
    public boolean isReady() {
        return ready.get().stream().allMatch(Check::ok);
    }

    /** Returns {@code /health/live} and {@code /health/ready}. */
    public List<Route> routes() {
        return List.of(
                Route.get("/health/live", query -> answer(alive.get())),
                Route.get("/health/ready", query -> answer(ready.get())));
    }

    private static Answer answer(List<Check> checks) {
        boolean up = checks.stream().allMatch(Check::ok);
        return Answer.json(up ? OK : UNAVAILABLE, json(up, checks));
    }

    private static String json(boolean up, List<Check> checks) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("status", up ? "up" : "down");
            json.writeArrayFieldStart("checks");
            for (Check check : checks) {
                json.writeStartObject();
                json.writeStringField("name", check.name());
                json.writeBooleanField("ok", check.ok());
                json.writeStringField("detail", check.detail());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("JSON: expected to write in memory", e);
        }
        return text.append('\n').toString();
    }
}
