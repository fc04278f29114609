package dev.glosstream.web;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of a request and sends its answer, with the same protective headers on all of them. */
final class RouteHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(RouteHandler.class);
    private static final int MOST_BODY_BYTES = 256 << 10;

    /** Scripts, styles and requests from here alone; nobody may frame the page. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Map<String, Map<String, Route>> byPath = new HashMap<>();

    RouteHandler(List<Route> routes) {
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

    private Answer answer(Request request, Response response) throws IOException {
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
        byte[] body = body(request);
        if (body == null) {
            return Answer.text(413, "body: expected at most " + MOST_BODY_BYTES + " bytes, got more\n");
        }
        try {
            return route.handler().answer(query(request, body));
        } catch (RuntimeException e) {
            LOG.error("{} {}: failed", route.method(), route.path(), e);
            return Answer.text(500, "failed; the log says more\n");
        }
    }

    /** Returns the body, null if it is too large. */
    private static byte @Nullable [] body(Request request) throws IOException {
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] body = in.readNBytes(MOST_BODY_BYTES + 1);
            return body.length > MOST_BODY_BYTES ? null : body;
        }
    }

    private static Query query(Request request, byte[] body) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        String plain = type == null ? null : type.split(";", 2)[0].strip();
        return new Query(request.getHeaders().get(HttpHeader.ACCEPT), plain, body);
    }
}
