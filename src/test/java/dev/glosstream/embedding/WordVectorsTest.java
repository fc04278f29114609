package dev.glosstream.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordVectorsTest {
    private static final WordVectors VECTORS = new WordVectors(
            List.of("east", "far-east", "north", "west", "nowhere", "north-east"),
            new float[][] {{1, 0}, {9, 0}, {0, 2}, {-3, 0}, {0, 0}, {1, 1}});

    @Test
    void shouldOrderNeighboursByAngleAndNotByLength() {
        List<Neighbour> nearest = VECTORS.nearest(0, 3);

        assertThat(nearest).extracting(Neighbour::entry).containsExactly("far-east", "north-east", "north");
        assertThat(nearest.get(0).cosine()).isCloseTo(1, within(1e-12));
        assertThat(nearest.get(1).cosine()).isCloseTo(Math.sqrt(0.5), within(1e-12));
        assertThat(nearest.get(2).cosine()).isZero();
    }

    @Test
    void shouldLeaveTheEntryItselfOutAndGiveNoMoreThanThereAre() {
        assertThat(VECTORS.nearest(2, 100))
                .hasSize(5)
                .extracting(Neighbour::entry)
                .doesNotContain("north");
    }

    @Test
    void shouldCallAVectorOfZerosUnlikeEverything() {
        assertThat(VECTORS.cosine(4, 0)).isZero();
        assertThat(VECTORS.cosine(0, 3)).isCloseTo(-1, within(1e-12));
    }

    @Test
    void shouldFindAndSelectRows() {
        WordVectors selected = VECTORS.select(List.of(3, 0));

        assertThat(selected.entries()).containsExactly("west", "east");
        assertThat(selected.at(0, 0)).isEqualTo(-3);
        assertThat(selected.indexOf("east")).hasValue(1);
        assertThat(selected.indexOf("north")).isEmpty();
    }

    @Test
    void shouldRefuseRowsThatDoNotFit() {
        assertThatThrownBy(() -> new WordVectors(List.of("a", "b"), new float[][] {{1, 2}, {1}}))
                .hasMessageContaining("expected distinct entries with 2 values each, got another at row 1");
        assertThatThrownBy(() -> new WordVectors(List.of("a"), new float[][] {{1}, {2}}))
                .hasMessageContaining("got 1 entries and 2 rows");
    }
}
