package dev.glosstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.infer.TinyArchitectures;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Task;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkTrainerTest {
    private static final float TOLERANCE = 1e-6f;
    /** Finite differences in single precision. */
    private static final double SLOPE_TOLERANCE = 0.02;

    private static final float STEP = 1e-3f;
    private static final double RATE = 0.5;
    private static final int DIMENSION = 4;
    /** Ids of the words that {@link TinyBundles} knows. */
    private static final int GOOD = 4;

    private static final int BAD = 5;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}, {2}")
    @MethodSource("networks")
    void shouldMoveEveryParameterAlongItsSlopeAndLeavePaddingAtZero(String name, Architecture architecture, Task task) {
        RecordingOptimizer recorded = new RecordingOptimizer();
        try (TinyNetworks tiny = tiny(architecture, task, ColumnRecipe.Table.DEFAULT, recorded)) {
            String[] texts = {"anna works", "is it not bad ?", "77 paris"};
            tiny.step(1, texts);
            Map<HeapParameter, float[]> gradients = Map.copyOf(recorded.gradients);
            Map<HeapParameter, int[]> rows = Map.copyOf(recorded.rows);

            for (HeapParameter parameter : tiny.trainer().parameters()) {
                float[] gradient = of(gradients, parameter);
                for (int cell : new int[] {0, gradient.length - 1}) {
                    int row = of(rows, parameter)[cell / parameter.width()];
                    int place = row * parameter.width() + cell % parameter.width();
                    if (parameter.rows() > 1 && row == 0) {
                        // Nothing of padding reaches the loss, not even a value that it does not have
                        assertThat(gradient[cell]).isZero();
                        assertThat(parameter.values()[place]).isZero();
                    }
                    assertThat((double) gradient[cell])
                            .as("%s, cell %s", parameter, place)
                            .isCloseTo(slope(tiny, parameter, place, texts), within(SLOPE_TOLERANCE));
                }
            }
        }
    }

    private static <T> T of(Map<HeapParameter, T> recorded, HeapParameter parameter) {
        return Objects.requireNonNull(recorded.get(parameter), () -> "moved: " + parameter);
    }

    /** Returns how steeply the loss rises with one value of a parameter. */
    private static double slope(TinyNetworks tiny, HeapParameter parameter, int place, String... texts) {
        float value = parameter.values()[place];
        parameter.values()[place] = value + STEP;
        double above = tiny.step(1, texts);
        parameter.values()[place] = value - STEP;
        double below = tiny.step(1, texts);
        parameter.values()[place] = value;
        return (above - below) / (2 * STEP);
    }

    @Test
    void shouldAddUpTheGradientsOfColumnsThatShareATable() {
        // Given prefixes and suffixes of two letters in one table, and "is", which is both
        Architecture shared = TinyArchitectures.sharedTable();
        RecordingOptimizer recorded = new RecordingOptimizer();
        try (TinyNetworks tiny = tiny(shared, Task.SENTIMENT, ColumnRecipe.Table.DEFAULT, recorded)) {
            tiny.step(1, "is");
            HeapParameter table = tiny.heap(tiny.network().tables().get(0).parameter());

            // Then one row beside padding is looked up, and its gradient is the slope of both columns together
            assertThat(of(recorded.rows, table)).hasSize(2);
            float[] gradient = of(recorded.gradients, table).clone();
            int row = of(recorded.rows, table)[1];
            for (int cell = 0; cell < table.width(); cell++) {
                assertThat((double) gradient[table.width() + cell])
                        .isCloseTo(slope(tiny, table, row * table.width() + cell, "is"), within(SLOPE_TOLERANCE))
                        .isNotZero();
            }
            assertThat(tiny.network().tables().get(1))
                    .isSameAs(tiny.network().tables().get(0));
        }
    }

    @Test
    void shouldLeaveAFrozenTableAloneAndTrainItAfterwards() {
        // Given a table that is frozen for an epoch, with a regularisation and a bound that would change it at once
        ColumnRecipe.Table frozen =
                new ColumnRecipe.Table(ColumnRecipe.Table.Start.NORMAL, 1, Optional.empty(), 1, 0.5, 0.01);
        try (TinyNetworks tiny = tiny(words(), Task.SENTIMENT, frozen, sgd())) {
            float[] before = tiny.table(0).clone();
            float[] others = lastParameter(tiny).clone();

            // When it is trained for an epoch, then only the rest of the network changes
            tiny.tables().onEpochStart(1);
            tiny.step(1, "good");
            assertThat(tiny.table(0)).containsExactly(before);
            assertThat(lastParameter(tiny)).isNotEqualTo(others);

            // And in the next epoch the rows that are looked up change too
            tiny.tables().onEpochStart(2);
            tiny.step(1, "good");
            assertThat(row(tiny, GOOD)).isNotEqualTo(row(before, GOOD));
            assertThat(norm(row(tiny, GOOD))).isCloseTo(0.01, within(1e-6));
            assertThat(row(tiny, BAD)).containsExactly(row(before, BAD));
        }
    }

    @Test
    void shouldNotMakeUpForTheStepsInWhichATableWasFrozen() {
        ColumnRecipe.Table frozen =
                new ColumnRecipe.Table(ColumnRecipe.Table.Start.NORMAL, 1, Optional.empty(), 1, 0, 0);
        double decay = 0.1;
        try (TinyNetworks tiny = tiny(words(), Task.SENTIMENT, frozen, new AdamOptimizer(constant(), decay, true))) {
            float[] before = tiny.table(0).clone();
            tiny.tables().onEpochStart(1);
            for (int step = 0; step < 5; step++) {
                tiny.step(1, "good");
            }
            tiny.trainer().settle();
            assertThat(tiny.table(0)).containsExactly(before);

            // When it thaws for a single step, then a row that was never looked up has decayed for that step alone
            tiny.tables().onEpochStart(2);
            tiny.step(1, "good");
            tiny.trainer().settle();

            assertThat((double) row(tiny, BAD)[0]).isCloseTo(row(before, BAD)[0] * (1 - RATE * decay), within(1e-6));
        }
    }

    @Test
    void shouldPullTheRowsOfAStepTowardsZeroByL2() {
        ColumnRecipe.Table table =
                new ColumnRecipe.Table(ColumnRecipe.Table.Start.NORMAL, 1, Optional.empty(), 0, 0.2, 0);
        try (TinyNetworks tiny = tiny(words(), Task.SENTIMENT, table, sgd())) {
            float[] before = tiny.table(0).clone();

            // When a step is taken whose loss is zero whatever the weights are
            tiny.step(0, "good good");

            // Then the row shrinks by rate times weight, once; the others stay
            for (int cell = 0; cell < DIMENSION; cell++) {
                assertThat(row(tiny, GOOD)[cell])
                        .isCloseTo(row(before, GOOD)[cell] * (float) (1 - RATE * 0.2), within(TOLERANCE));
            }
            assertThat(row(tiny, BAD)).containsExactly(row(before, BAD));
            assertThat(row(tiny, 0)).containsOnly(0f);
        }
    }

    @Test
    void shouldCutTheRowsOfAStepToTheirLargestNorm() {
        ColumnRecipe.Table table =
                new ColumnRecipe.Table(ColumnRecipe.Table.Start.UNIFORM, 0.5, Optional.empty(), 0, 0, 0.25);
        try (TinyNetworks tiny = tiny(words(), Task.SENTIMENT, table, sgd())) {
            Arrays.fill(tiny.table(0), GOOD * DIMENSION, (BAD + 1) * DIMENSION, 0.2f);

            tiny.step(0, "good");

            // Four times 0.2 is 0.4 long; cut to 0.25 it keeps its direction
            assertThat(row(tiny, GOOD)).usingComparatorWithPrecision(TOLERANCE).containsOnly(0.125f);
            assertThat(row(tiny, BAD)).containsOnly(0.2f);
        }
    }

    @Test
    void shouldKeepRowsThatAreShortEnough() {
        ColumnRecipe.Table table =
                new ColumnRecipe.Table(ColumnRecipe.Table.Start.UNIFORM, 0.1, Optional.empty(), 0, 0, 0.3);
        try (TinyNetworks tiny = tiny(words(), Task.SENTIMENT, table, sgd())) {
            float[] before = tiny.table(0).clone();

            tiny.step(0, "good bad");

            assertThat(tiny.table(0)).containsExactly(before);
        }
    }

    private TinyNetworks tiny(
            Architecture architecture, Task task, ColumnRecipe.Table table, WeightOptimizer optimizer) {
        ModelBundle bundle = TinyBundles.write(folder, task, architecture);
        return new TinyNetworks(bundle, table, optimizer);
    }

    private static Architecture words() {
        return Architecture.of(List.of(TinyNetworks.word(DIMENSION)), LstmSettings.bidirectional(3, 1), 16);
    }

    private static LearningRate constant() {
        return new LearningRate(RATE, 0, 100, LearningRate.Decay.CONSTANT);
    }

    private static WeightOptimizer sgd() {
        return new SgdOptimizer(constant(), 0, 0);
    }

    private static float[] lastParameter(TinyNetworks tiny) {
        List<HeapParameter> all = tiny.trainer().parameters();
        return all.get(all.size() - 1).values();
    }

    private static float[] row(TinyNetworks tiny, int id) {
        return row(tiny.table(0), id);
    }

    private static float[] row(float[] table, int id) {
        return Arrays.copyOfRange(table, id * DIMENSION, (id + 1) * DIMENSION);
    }

    private static double norm(float[] row) {
        double squares = 0;
        for (float value : row) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    static Stream<Arguments> networks() {
        return TinyArchitectures.all().entrySet().stream().flatMap(entry -> Stream.of(Task.values())
                .map(task -> Arguments.of(entry.getKey(), entry.getValue(), task)));
    }

    /** Remembers the gradients of the last step and moves nothing. */
    private static final class RecordingOptimizer implements WeightOptimizer {
        private final Map<HeapParameter, float[]> gradients = new HashMap<>();
        private final Map<HeapParameter, int[]> rows = new HashMap<>();

        @Override
        public void settle(HeapParameter parameter, int row, int step) {}

        @Override
        public void update(HeapParameter parameter, int[] moved, float[] gradient, int step) {
            gradients.put(parameter, gradient);
            rows.put(parameter, moved);
        }
    }
}
