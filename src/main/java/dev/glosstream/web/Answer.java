package dev.glosstream.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a route answers: a status, a media type, and something that writes the body. */
public final class Answer {
    private static final String JSON = "application/json";
    private static final String PLAIN = "text/plain; charset=utf-8";

    private final int status;
    private final String mediaType;
    private final Body body;
    private final boolean endless;

    /** Writes a body. */
    @FunctionalInterface
    public interface Body {
        /**
         * Writes to the client, as long as it likes; a flush reaches the client.
         *
         * @throws IOException if the client has gone
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private Answer(int status, String mediaType, Body body, boolean endless) {
        this.endless = endless;
        this.status = status;
        this.mediaType = mediaType;
        this.body = body;
    }

    /** Returns an answer with these bytes; they are shared, not copied. */
    public static Answer of(int status, String mediaType, byte[] body) {
        return new Answer(status, mediaType, out -> out.write(body), false);
    }

    /** Returns an answer of status 200 that is written by and by. */
    public static Answer written(String mediaType, Body body) {
        return new Answer(200, mediaType, body, false);
    }

    /** Returns an answer of status 200 that goes on until the client has gone, on the thread of the request. */
    public static Answer endless(String mediaType, Body body) {
        return new Answer(200, mediaType, body, true);
    }

    /** Returns a JSON answer. */
    public static Answer json(int status, String json) {
        return of(status, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns an answer in words. */
    public static Answer text(int status, String text) {
        return of(status, PLAIN, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the media type, with its character set. */
    public String mediaType() {
        return mediaType;
    }

    /** Returns whether the body has no end of its own. */
    public boolean isEndless() {
        return endless;
    }

    /** Returns what writes the body. */
    public Body body() {
        return body;
    }
}
