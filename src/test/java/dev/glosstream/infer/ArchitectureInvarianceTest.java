package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.tokenize.Tokenizer;
import java.nio.file.Path;
import java.util.Arrays;
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

    private static final List<String> TEXTS = List.of(
            "Paris",
            "it is not bad , Anna works in Paris !",
            "xq zzz 77 ? ## a good the",
            "good",
            "Anna works",
            "unheardof antidisestablishmentarianism in 2024 and and and and and and not bad !");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("networks")
    void shouldScoreATextTheSameAloneAndBesideOthers(String name, Architecture architecture, Task task) {
        // Given a network with random weights, the rows of padding included
        ModelBundle bundle = TinyBundles.write(folder, task, architecture);
        TokenEncoder encoder = TokenEncoder.of(bundle);
        List<TokenIds> rows = TEXTS.stream()
                .map(text -> encoder.encode(new Tokenizer().tokenize(text)))
                .toList();
        try (LoadedModel model = LoadedModel.load(bundle);
                SequenceScorer scorer = model.newScorer()) {
            // When all texts are scored at once, and each alone
            List<ScoreMatrix> together = scorer.score(new PaddedBatch(rows));

            for (int row = 0; row < rows.size(); row++) {
                ScoreMatrix alone =
                        scorer.score(new PaddedBatch(List.of(rows.get(row)))).get(0);
                // Then the scores are the same, and not those of another text
                assertClose(together.get(row), alone);
                assertThat(values(alone)).isNotEqualTo(values(together.get((row + 1) % rows.size())));
            }
        }
    }

    private static void assertClose(ScoreMatrix found, ScoreMatrix expected) {
        List<Float> others = values(expected);
        assertThat(values(found)).hasSameSizeAs(others);
        for (int index = 0; index < others.size(); index++) {
            assertThat(values(found).get(index)).isCloseTo(others.get(index), within(TOLERANCE));
        }
    }

    private static List<Float> values(ScoreMatrix matrix) {
        Float[] values = new Float[matrix.rows() * matrix.columns()];
        for (int index = 0; index < values.length; index++) {
            values[index] = matrix.at(index / matrix.columns(), index % matrix.columns());
        }
        return Arrays.asList(values);
    }

    static Stream<Arguments> networks() {
        return TinyArchitectures.all().entrySet().stream().flatMap(entry -> Stream.of(Task.values())
                .map(task -> Arguments.of(entry.getKey(), entry.getValue(), task)));
    }
}
