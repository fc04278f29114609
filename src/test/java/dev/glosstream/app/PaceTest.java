package dev.glosstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MS = 1_000_000;

    @Test
    void shouldSpreadEventsEvenly() {
        Pace pace = new Pace(100, 0);

        assertThat(pace.next(0)).isZero();
        assertThat(pace.next(0)).isEqualTo(10 * MS);
        assertThat(pace.next(10 * MS)).isEqualTo(10 * MS);
    }

    @Test
    void shouldCatchUpWithASmallDelay() {
        Pace pace = new Pace(100, 0);
        pace.next(0);

        assertThat(pace.next(35 * MS)).isZero();
        assertThat(pace.next(35 * MS)).isZero();
        assertThat(pace.next(35 * MS)).isZero();
        assertThat(pace.next(35 * MS)).isEqualTo(5 * MS);
    }

    @Test
    void shouldNotFloodAfterAStandstill() {
        Pace pace = new Pace(100, 0);
        pace.next(0);

        assertThat(pace.next(60_000 * MS)).isZero();
        assertThat(pace.next(60_000 * MS)).isEqualTo(10 * MS);
    }
}
