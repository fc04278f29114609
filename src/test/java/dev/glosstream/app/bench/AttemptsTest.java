package dev.glosstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class AttemptsTest {
    private final List<String> said = new ArrayList<>();
    private final Attempts attempts = new Attempts(said::add);

    @Test
    void shouldReturnWhatCame() throws Exception {
        assertThat(attempts.make("row", () -> 7)).contains(7);
        assertThat(attempts.failures()).isEmpty();
        assertThat(said).isEmpty();
    }

    @Test
    void shouldKeepEveryFailureAndGoOn() throws Exception {
        for (Exception failure : List.of(
                new WrongResultsException("two missing"),
                new BenchException("fifo: ended with exit code 1"),
                new IOException("disk full"),
                new UncheckedIOException(new IOException("gone")),
                new TimeoutException("no answer"))) {
            assertThat(attempts.make("row", () -> fail(failure))).isEmpty();
        }

        assertThat(attempts.make("next row", () -> 7)).contains(7);
        assertThat(attempts.failures())
                .containsExactly(
                        new Failed("row", "two missing"),
                        new Failed("row", "fifo: ended with exit code 1"),
                        new Failed("row", "java.io.IOException: disk full"),
                        new Failed("row", "java.io.UncheckedIOException: java.io.IOException: gone"),
                        new Failed("row", "org.apache.kafka.common.errors.TimeoutException: no answer"));
        assertThat(said).hasSize(5).first().isEqualTo("row: failed: two missing");
    }

    @Test
    void shouldEndWhenItIsInterrupted() {
        InterruptedException interruption = new InterruptedException();

        assertThatThrownBy(() -> attempts.make("row", () -> fail(interruption))).isSameAs(interruption);
        assertThat(attempts.failures()).isEmpty();
    }

    private static int fail(Exception failure) throws IOException, InterruptedException {
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof InterruptedException interruption) {
            throw interruption;
        }
        throw (RuntimeException) failure;
    }
}
