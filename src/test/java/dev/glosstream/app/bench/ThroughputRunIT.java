package dev.glosstream.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glosstream.app.EmbeddedBroker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A process that answers a text twice, or not at all, has no speed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThroughputRunIT {
    private static final int TEXTS = 40;

    private final EmbeddedBroker broker = EmbeddedBroker.start(1 << 20);

    @AfterAll
    void stop() {
        broker.close();
    }

    private Throughput measure(String run, int times, Promise promise) throws Exception {
        Load load = Load.of(
                new BenchTexts("two", List.of("one text", "another text")),
                TEXTS / 4,
                TEXTS - TEXTS / 4,
                Duration.ofMinutes(1),
                2);
        Subject.Starter starter = Subject.main(
                "copy", List.of(), List.of("dev.glosstream.app.bench.CopyingSubject", Integer.toString(times)));
        return ThroughputRun.measure(new BenchTopics(broker.bootstrapServers(), run), starter, 1, load, promise);
    }

    @Test
    void shouldMeasureWhoAnswersEachTextOnce() throws Exception {
        assertThat(measure("right", 1, Promise.IN_ORDER).events()).isBetween(1L, (long) TEXTS);
    }

    @Test
    void shouldRefuseWhoAnswersATextTwice() {
        assertThatThrownBy(() -> measure("doubled", 2, Promise.IN_ORDER))
                .isInstanceOf(WrongResultsException.class)
                .hasMessageContaining("0 missing, 1 more than once");
    }

    @Test
    void shouldRefuseWhoLosesAText() {
        assertThatThrownBy(() -> measure("lost", 0, Promise.IN_ORDER))
                .isInstanceOf(WrongResultsException.class)
                .hasMessageContaining("1 missing, 0 more than once");
    }

    @Test
    void shouldMeasureWhoPromisesNothing() throws Exception {
        assertThat(measure("promised-nothing", 0, Promise.NONE).events()).isBetween(1L, TEXTS - 1L);
    }
}
