package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glosstream.model.Architecture;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.tokenize.Tokenizer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Texts of mixed length, words known and unknown, as a bundle reads them, and how far two answers for them are apart. */
final class MixedRows {
    private static final List<String> TEXTS = List.of(
            "Paris",
            "it is not bad , Anna works in Paris !",
            "xq zzz 77 ? ## a good the",
            "good",
            "Anna works",
            "unheardof antidisestablishmentarianism in 2024 and and and and and and not bad !");

    private MixedRows() {}

    /** Returns the texts as rows of a bundle. */
    static List<TokenIds> of(ModelBundle bundle) {
        TokenEncoder encoder = TokenEncoder.of(bundle);
        return TEXTS.stream()
                .map(text -> encoder.encode(new Tokenizer().tokenize(text)))
                .toList();
    }

    /** Returns so many rows, of which the first has so many tokens and each further one three tokens less, but one. */
    static List<TokenIds> of(ModelBundle bundle, int rows, int longest) {
        TokenEncoder encoder = TokenEncoder.of(bundle);
        List<String> words = List.of(String.join(" ", TEXTS).split(" "));
        return IntStream.range(0, rows)
                .mapToObj(row -> IntStream.range(0, Math.max(1, longest - 3 * row))
                        .mapToObj(token -> words.get((row + token) % words.size()))
                        .collect(Collectors.joining(" ")))
                .map(text -> encoder.encode(new Tokenizer().tokenize(text)))
                .toList();
    }

    /** Returns each network by name with each task: arguments of a parameterised test. */
    static Stream<Arguments> withTasks(Map<String, Architecture> networks) {
        return networks.entrySet().stream().flatMap(entry -> Stream.of(Task.values())
                .map(task -> Arguments.of(entry.getKey(), entry.getValue(), task)));
    }

    /** Returns how far any score of a row is from the expected one, after requiring equal shapes. */
    static float largestDifference(List<ScoreMatrix> found, List<ScoreMatrix> expected) {
        assertThat(found).hasSameSizeAs(expected);
        float largest = 0;
        for (int row = 0; row < expected.size(); row++) {
            largest = Math.max(largest, largestDifference(found.get(row), expected.get(row)));
        }
        return largest;
    }

    /** Returns how far any score is from the expected one, after requiring equal shapes. */
    static float largestDifference(ScoreMatrix found, ScoreMatrix expected) {
        assertThat(List.of(found.rows(), found.columns())).containsExactly(expected.rows(), expected.columns());
        float largest = 0;
        for (int token = 0; token < expected.rows(); token++) {
            for (int k = 0; k < expected.columns(); k++) {
                largest = Math.max(largest, Math.abs(found.at(token, k) - expected.at(token, k)));
            }
        }
        return largest;
    }
}
