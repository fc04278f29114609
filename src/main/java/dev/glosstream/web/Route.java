package dev.glosstream.web;

/**
 * One address of the server.
 *
 * @param method {@code GET} or {@code POST}; a {@code HEAD} is answered like a {@code GET}
 * @param path whole path, for example {@code /metrics}
 * @param handler answers; any number of threads at once
 */
public record Route(String method, String path, Handler handler) {

    /** Answers queries. */
    @FunctionalInterface
    public interface Handler {
        /** Returns the answer; an exception becomes status 500 without its message. */
        Answer answer(Query query);
    }

    /** Returns a route that is read. */
    public static Route get(String path, Handler handler) {
        return new Route("GET", path, handler);
    }

    /** Returns a route that is sent something. */
    public static Route post(String path, Handler handler) {
        return new Route("POST", path, handler);
    }
}
