package dev.glosstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glosstream.config.DeviceChoice;
import dev.glosstream.config.PrecisionChoice;
import dev.glosstream.infer.torchscript.LstmKernel;
import dev.glosstream.infer.torchscript.LstmPieces;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.TokenIds;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A network written as a program gives the scores of the same network run by DJL, whatever it is made of. */
class NetworkProgramTest {
    private static final float EXACT = 1e-4f;

    /** The engine may add in another order for another batch. */
    private static final float ROUNDING = 1e-5f;

    /** Of scores between -5 and 5 from weights far larger than trained ones. */
    private static final float COARSE = 0.25f;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("networks")
    void shouldScoreAsTheNetworkItWasWrittenFrom(String name, Architecture architecture, Task task) {
        // Given a network with random weights, and texts of mixed length
        ModelBundle bundle = bundle(task, architecture);
        List<TokenIds> rows = MixedRows.of(bundle);
        List<ScoreMatrix> expected = scores(LoadedModel.load(bundle), rows);

        // When it is served in either precision
        List<ScoreMatrix> exact = scores(served(bundle, PrecisionChoice.FP32), rows);
        List<ScoreMatrix> coarse = scores(served(bundle, PrecisionChoice.BF16), rows);

        // Then single precision differs by rounding alone, and bf16 by more, but not by much
        assertThat(MixedRows.largestDifference(exact, expected)).isLessThan(EXACT);
        assertThat(MixedRows.largestDifference(coarse, expected)).isBetween(1e-6f, COARSE);
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("networks")
    void shouldScoreATextTheSameAloneAndBesideOthers(String name, Architecture architecture, Task task) {
        ModelBundle bundle = bundle(task, architecture);
        List<TokenIds> rows = MixedRows.of(bundle);

        for (PrecisionChoice precision : List.of(PrecisionChoice.FP32, PrecisionChoice.BF16)) {
            try (LoadedModel model = served(bundle, precision);
                    SequenceScorer scorer = model.newScorer()) {
                List<ScoreMatrix> together = scorer.score(new PaddedBatch(rows));
                for (int row = 0; row < rows.size(); row++) {
                    ScoreMatrix alone = scorer.score(new PaddedBatch(List.of(rows.get(row))))
                            .get(0);
                    assertThat(MixedRows.largestDifference(alone, together.get(row)))
                            .as("text %d in %s", row, precision)
                            .isLessThan(ROUNDING);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("networks")
    void shouldScoreTheSameWithEitherKernel(String name, Architecture architecture, Task task) {
        assumeTrue(Processor.here().isX86(), "weights are packed for x86 processors alone");
        ModelBundle bundle = bundle(task, architecture);
        List<TokenIds> rows = MixedRows.of(bundle);

        for (String code : List.of("fp32", "bf16")) {
            ServedPrecision precision = new ServedPrecision(code, "test");
            List<ScoreMatrix> portable = scores(LoadedModel.ofProgram(bundle, precision, LstmKernel.PORTABLE), rows);
            List<ScoreMatrix> packed = scores(LoadedModel.ofProgram(bundle, precision, LstmKernel.PACKED), rows);

            assertThat(MixedRows.largestDifference(packed, portable)).as(code).isLessThan(ROUNDING);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 13, 63, 64, 65, 151})
    void shouldScoreAnyNumberOfPiecesTheSameWithEitherKernel(int longest) {
        assumeTrue(Processor.here().isX86(), "weights are packed for x86 processors alone");
        ModelBundle bundle = bundle(Task.ENTITIES, TinyArchitectures.reading(200));
        ServedPrecision precision = new ServedPrecision("fp32", "test");

        for (int rows : List.of(1, LstmPieces.FEW_ROWS, LstmPieces.FEW_ROWS + 1)) {
            List<TokenIds> texts = MixedRows.of(bundle, rows, longest);
            List<ScoreMatrix> portable = scores(LoadedModel.ofProgram(bundle, precision, LstmKernel.PORTABLE), texts);
            List<ScoreMatrix> packed = scores(LoadedModel.ofProgram(bundle, precision, LstmKernel.PACKED), texts);

            assertThat(portable.get(0).rows()).isEqualTo(longest);
            assertThat(MixedRows.largestDifference(packed, portable))
                    .as("%d rows", rows)
                    .isLessThan(ROUNDING);
        }
    }

    /** Random weights; of the networks that read every kind of column also random initial states and normalisation. */
    private ModelBundle bundle(Task task, Architecture architecture) {
        return architecture.columns().equals(VariedBundles.everyColumn())
                ? VariedBundles.write(folder, task, architecture)
                : TinyBundles.write(folder, task, architecture);
    }

    private static LoadedModel served(ModelBundle bundle, PrecisionChoice precision) {
        return LoadedModel.load(bundle, DeviceChoice.CPU, precision);
    }

    private static List<ScoreMatrix> scores(LoadedModel loaded, List<TokenIds> rows) {
        try (loaded;
                SequenceScorer scorer = loaded.newScorer()) {
            return scorer.score(new PaddedBatch(rows));
        }
    }

    static Stream<Arguments> networks() {
        Map<String, Architecture> all = new LinkedHashMap<>(TinyArchitectures.all());
        for (LstmSettings.Directions directions : LstmSettings.Directions.values()) {
            for (LstmSettings.InitialState initial : LstmSettings.InitialState.values()) {
                for (Architecture.Representation representation : Architecture.Representation.values()) {
                    all.put(
                            "every column, " + directions + ", " + initial + ", " + representation,
                            VariedBundles.architecture(
                                    new LstmSettings(5, 2, directions, true, initial), representation));
                }
            }
        }
        return MixedRows.withTasks(all);
    }
}
