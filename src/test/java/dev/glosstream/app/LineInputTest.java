package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.RejectionReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LineInputTest {
    private static final int LONGEST = 100_000;

    @Test
    void shouldCutAtLineFeedsAloneAndDropOneCarriageReturn() throws IOException {
        String text = "one\ntwo\r\n\r\r\n\nthree\rfour\u2028five\u0085six\ffin\nlast";

        assertThat(texts(text.getBytes(StandardCharsets.UTF_8)))
                .containsExactly("one", "two", "\r", "", "three\rfour\u2028five\u0085six\ffin", "last");
    }

    @Test
    void shouldNotInventALineAfterTheLastLineFeed() throws IOException {
        assertThat(texts(new byte[0])).isEmpty();
        assertThat(texts(new byte[] {'\n'})).containsExactly("");
        assertThat(texts(new byte[] {'a', '\n'})).containsExactly("a");
    }

    @Test
    void shouldRefuseOtherBytesThanUtf8AndDecodeThemLeniently() throws IOException {
        InputLine line = lines(new byte[] {'o', 'k', (byte) 0xED, (byte) 0xA0, (byte) 0xBD}, LONGEST)
                .get(0);

        assertThat(line.text()).startsWith("ok\uFFFD");
        assertThat(line.rejection())
                .contains(new Rejection(
                        RejectionReason.MALFORMED_TEXT, "line: expected UTF-8, got other bytes at byte 2"));
    }

    @Test
    void shouldKeepLittleOfALineThatIsTooLong() throws IOException {
        byte[] bytes = ("x".repeat(3000) + "\nshort\r\n").getBytes(StandardCharsets.UTF_8);

        List<InputLine> lines = lines(bytes, 2000);

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).bytes()).hasSize(2000);
        assertThat(lines.get(0).text()).hasSize(1000);
        assertThat(lines.get(0).rejection().map(Rejection::reason)).contains(RejectionReason.RECORD_TOO_LARGE);
        assertThat(lines.get(0).rejection().map(Rejection::detail))
                .get()
                .asString()
                .contains("at most 2000", "got 3000");
        assertThat(lines.get(1).text()).isEqualTo("short");
        assertThat(lines.get(1).rejection()).isEmpty();
    }

    @Test
    void shouldCountNeitherLineEndAgainstTheLimit() throws IOException {
        assertThat(lines("12345\r\n".getBytes(StandardCharsets.UTF_8), 5).get(0).rejection())
                .isEmpty();
        assertThat(lines("123456\n".getBytes(StandardCharsets.UTF_8), 5).get(0).rejection())
                .isPresent();
    }

    @Test
    void shouldNotWaitForALineThatIsNotThereYet() throws IOException {
        LineInput input = new LineInput(new Trickle(List.of("one\nhal", "f\n", "end")), LONGEST);

        assertThat(input.next().map(InputLine::text)).contains("one");
        assertThat(input.nextIfReady()).isEmpty();
        assertThat(input.next().map(InputLine::text)).contains("half");
        assertThat(input.nextIfReady()).isEmpty();
        assertThat(input.next().map(InputLine::text)).contains("end");
        assertThat(input.next()).isEmpty();
    }

    @Property
    void shouldGiveBackEveryByteButTheLineEnds(@ForAll byte[] bytes) throws IOException {
        StringBuilder joined = new StringBuilder();
        for (InputLine line : lines(bytes, LONGEST)) {
            joined.append(new String(line.bytes(), StandardCharsets.ISO_8859_1)).append('\n');
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String expected = (text.isEmpty() || text.endsWith("\n") ? text : text + "\n").replace("\r\n", "\n");
        assertThat(joined.toString()).isEqualTo(expected);
    }

    private static List<String> texts(byte[] bytes) throws IOException {
        return lines(bytes, LONGEST).stream().map(InputLine::text).toList();
    }

    private static List<InputLine> lines(byte[] bytes, int longest) throws IOException {
        LineInput input = new LineInput(new ByteArrayInputStream(bytes), longest);
        List<InputLine> lines = new ArrayList<>();
        for (Optional<InputLine> line = input.next(); line.isPresent(); line = input.next()) {
            lines.add(line.get());
        }
        return lines;
    }

    /** A stream as a pipe is one: each piece arrives only when somebody waits for it. */
    private static final class Trickle extends InputStream {
        private final List<String> pieces;
        private int next;

        Trickle(List<String> pieces) {
            this.pieces = pieces;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("one byte at a time is too slow");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (next == pieces.size()) {
                return -1;
            }
            byte[] piece = pieces.get(next++).getBytes(StandardCharsets.UTF_8);
            System.arraycopy(piece, 0, buffer, offset, piece.length);
            return piece.length;
        }

        @Override
        public int available() {
            return 0;
        }
    }
}
