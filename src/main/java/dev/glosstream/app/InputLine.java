package dev.glosstream.app;

import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One line of input, its end left out. Owns its bytes; nobody may change them. */
final class InputLine {
    private static final int SHOWN_OF_TOO_LONG = 1000;

    private final byte[] bytes;
    private final String text;
    private final Optional<Rejection> rejection;

    private InputLine(byte[] bytes, String text, Optional<Rejection> rejection) {
        this.bytes = bytes;
        this.text = text;
        this.rejection = rejection;
    }

    /**
     * Returns the line of these bytes.
     *
     * @param kept the bytes, or the first of them if there were too many
     * @param totalBytes how many there were
     */
    static InputLine of(byte[] kept, long totalBytes) {
        if (totalBytes > kept.length) {
            String start = new String(kept, 0, Math.min(kept.length, SHOWN_OF_TOO_LONG), StandardCharsets.UTF_8);
            return refused(
                    kept,
                    start,
                    RejectionReason.RECORD_TOO_LARGE,
                    "line: expected at most " + kept.length + " bytes, got " + totalBytes + "; the text is cut here");
        }
        CharBuffer text = CharBuffer.allocate(kept.length);
        ByteBuffer buffer = ByteBuffer.wrap(kept);
        CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(buffer, text, true);
        if (result.isError()) {
            return refused(
                    kept,
                    new String(kept, StandardCharsets.UTF_8),
                    RejectionReason.MALFORMED_TEXT,
                    "line: expected UTF-8, got other bytes at byte " + buffer.position());
        }
        return new InputLine(kept, text.flip().toString(), Optional.empty());
    }

    private static InputLine refused(byte[] kept, String text, RejectionReason reason, String detail) {
        return new InputLine(kept, text, Optional.of(new Rejection(reason, detail)));
    }

    /** Returns the bytes, or the first of them if there were too many. */
    byte[] bytes() {
        return bytes;
    }

    /** Returns the text; where the bytes are not UTF-8 with replacement characters; the start of too long a one. */
    String text() {
        return text;
    }

    /** Returns why the line cannot be labelled; empty if it can. */
    Optional<Rejection> rejection() {
        return rejection;
    }

    @Override
    public String toString() {
        return "InputLine[" + bytes.length + " bytes]";
    }
}
