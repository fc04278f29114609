package dev.glosstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> WORDS = List.of("lovely", "lonely", "glove", "of", "lively", "zebra", "love");

    @Test
    void shouldListTheNearestFirst() {
        assertThat(Nearest.allTo("lovley", WORDS, 10)).containsExactly("love", "lovely");
        assertThat(Nearest.allTo("lovley", WORDS, 1)).containsExactly("love");
    }

    @Test
    void shouldGuessNothingFarAway() {
        assertThat(Nearest.allTo("rhododendron", WORDS, 5)).isEmpty();
        assertThat(Nearest.allTo("x".repeat(500), WORDS, 5)).isEmpty();
    }
}
