package dev.glosstream.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request and sends its answer, with the same protective headers on all of them. */
final class RouteHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(RouteHandler.class);
    private static final int MOST_BODY_BYTES = 256 << 10;
    /** What is read of a body that is too large: a client that is still sending when its connection ends sees no answer. */
    private static final int MOST_READ_BYTES = 4 * MOST_BODY_BYTES;
    /** For the whole of it: whoever sends byte by byte would hold a thread as long as they like. */
    private static final long LONGEST_BODY_S = 10;

    /** Scripts, styles and requests from here alone; nobody may frame the page. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, Map<String, Route>> byPath = new HashMap<>();

    private final HostNames names;

    RouteHandler(List<Route> routes, HostNames names) {
        this.names = names;
        for (Route route : routes) {
            Route other = byPath.computeIfAbsent(route.path(), path -> new HashMap<>())
                    .put(route.method(), route);
            if (other != null) {
                throw new IllegalArgumentException(
                        "route '" + route.path() + "': expected one " + route.method() + ", got two");
            }
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws IOException {
        protect(response);
        Answer answer = answer(request, response);
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.mediaType());
        // Jetty sends no body after HEAD, but it must not be waited for either.
        if (answer.isEndless() && HttpMethod.HEAD.is(request.getMethod())) {
            callback.succeeded();
            return true;
        }
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            answer.body().writeTo(out);
        } catch (EOFException gone) {
            // The client has gone away in the middle of its answer: nobody is left to tell.
            callback.failed(gone);
            return true;
        }
        callback.succeeded();
        return true;
    }

    private static void protect(Response response) {
        response.getHeaders()
                .put("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .put("X-Content-Type-Options", "nosniff")
                .put("Referrer-Policy", "no-referrer")
                .put("Cross-Origin-Resource-Policy", "same-origin")
                .put(HttpHeader.CACHE_CONTROL, "no-store");
    }

    private Answer answer(Request request, Response response) {
        if (!names.accept(request.getHttpURI().getHost())) {
            return Answer.text(421, "host: expected a name of this server, got another; add it to http.names\n");
        }
        Map<String, Route> routes = byPath.get(Request.getPathInContext(request));
        if (routes == null) {
            return Answer.text(
                    404, "nothing here; there is " + String.join(", ", new TreeSet<>(byPath.keySet())) + "\n");
        }
        boolean head = HttpMethod.HEAD.is(request.getMethod());
        Route route = routes.get(head ? HttpMethod.GET.asString() : request.getMethod());
        if (route == null) {
            response.getHeaders().put(HttpHeader.ALLOW, String.join(", ", new TreeSet<>(routes.keySet())));
            return Answer.text(405, "method not allowed\n");
        }
        try {
            byte[] body = HttpMethod.POST.is(request.getMethod()) ? body(request) : new byte[0];
            return route.handler().answer(query(request, body));
        } catch (UnreadableBody unreadable) {
            // What is left of it cannot be told from the next request.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
            return unreadable.answer;
        } catch (RuntimeException e) {
            LOG.error("{} {}: failed", route.method(), route.path(), e);
            return Answer.text(500, "failed; the log says more\n");
        }
    }

    private static byte[] body(Request request) {
        Body body = new Body();
        Content.Source.asByteArrayAsync(request, MOST_READ_BYTES, body);
        try {
            byte[] whole = body.whole.get(LONGEST_BODY_S, TimeUnit.SECONDS);
            if (whole.length > MOST_BODY_BYTES) {
                throw tooLarge();
            }
            return whole;
        } catch (TimeoutException slow) {
            // Ends the reading, and with it the connection.
            request.fail(slow);
            throw new UnreadableBody(
                    408, "body: expected all of it within " + LONGEST_BODY_S + " s, got it more slowly\n");
        } catch (ExecutionException broken) {
            if (broken.getCause() instanceof IllegalStateException) {
                throw tooLarge();
            }
            throw new UnreadableBody(400, "body: expected all of it, got an end before\n");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new UnreadableBody(503, "the server stops\n");
        }
    }

    /** Hears of the end of a body. */
    private static final class Body implements Promise.Invocable<byte[]> {
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();

        @Override
        public void succeeded(byte[] bytes) {
            whole.complete(bytes);
        }

        @Override
        public void failed(Throwable thrown) {
            whole.completeExceptionally(thrown);
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }

    private static UnreadableBody tooLarge() {
        return new UnreadableBody(413, "body: expected at most " + MOST_BODY_BYTES + " bytes, got more\n");
    }

    /** There is no body to answer to; holds what is answered instead. */
    private static final class UnreadableBody extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        UnreadableBody(int status, String words) {
            this.answer = Answer.text(status, words);
        }
    }

    private static Query query(Request request, byte[] body) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String plain = type == null ? null : type.split(";", 2)[0].strip();
        return new Query(request.getHeaders().get(HttpHeader.ACCEPT), plain, body);
    }
}
