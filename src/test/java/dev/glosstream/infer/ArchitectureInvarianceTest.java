package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the network, the scores of a text are the same alone and beside any other texts. */
class ArchitectureInvarianceTest {
    /** Single precision: the engine may add in another order for another batch. */
    private static final float TOLERANCE = 1e-5f;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("networks")
    void shouldScoreATextTheSameAloneAndBesideOthers(String name, Architecture architecture, Task task) {
        // Given a network with random weights, the rows of padding included
        ModelBundle bundle = TinyBundles.write(folder, task, architecture);
        List<TokenIds> rows = MixedRows.of(bundle);
        try (LoadedModel model = LoadedModel.load(bundle);
                SequenceScorer scorer = model.newScorer()) {
            // When all texts are scored at once, and each alone
            List<ScoreMatrix> together = scorer.score(new PaddedBatch(rows));

            for (int row = 0; row < rows.size(); row++) {
                ScoreMatrix alone =
                        scorer.score(new PaddedBatch(List.of(rows.get(row)))).get(0);
                // Then the scores are the same, and not those of another text
                assertThat(MixedRows.largestDifference(together.get(row), alone))
                        .isLessThan(TOLERANCE);
                assertThat(alone).isNotEqualTo(together.get((row + 1) % rows.size()));
            }
        }
    }

    static Stream<Arguments> networks() {
        return MixedRows.withTasks(TinyArchitectures.all());
    }
}
