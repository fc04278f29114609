package dev.glosstream.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.config.BatchingSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WindowTest {
    private final Window<String> window = new Window<>(new BatchingSettings(3, 10, Duration.ofMillis(20), 64));

    @Test
    void shouldCloseByRecords() {
        window.add("a", 1, 0);
        window.add("b", 1, 0);
        assertThat(window.isFull()).isFalse();
        window.add("c", 1, 0);
        assertThat(window.isFull()).isTrue();
    }

    @Test
    void shouldCloseByTokens() {
        window.add("a", 10, 0);
        assertThat(window.isFull()).isTrue();
    }

    @Test
    void shouldCloseByTheAgeOfTheOldest() {
        assertThat(window.isOverdue(1_000_000)).isFalse();
        window.add("a", 1, 100);
        window.add("b", 1, 115);
        assertThat(window.isOverdue(119)).isFalse();
        assertThat(window.isOverdue(120)).isTrue();
    }

    @Test
    void shouldDrainInArrivalOrderAndStartAnew() {
        window.add("a", 9, 100);
        window.add("b", 1, 110);
        assertThat(window.drain()).containsExactly("a", "b");
        assertThat(window.size()).isZero();
        window.add("c", 1, 200);
        assertThat(window.isFull()).isFalse();
        assertThat(window.isOverdue(210)).isFalse();
    }
}
