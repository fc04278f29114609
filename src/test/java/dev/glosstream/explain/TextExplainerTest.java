package dev.glosstream.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.explain.LstmStep.Quantity;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.TinyBundles;
import dev.glosstream.infer.VariedBundles;
import dev.glosstream.model.Architecture;
import dev.glosstream.model.Architecture.Representation;
import dev.glosstream.model.LstmSettings;
import dev.glosstream.model.LstmSettings.Directions;
import dev.glosstream.model.LstmSettings.InitialState;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.Token;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextExplainerTest {
    private static final String TEXT = "Not bad, Paris is very deep and glorious!";
    private static final int TOKENS = 10;
    /** Single against double precision over a few dozen additions. */
    private static final double TOLERANCE = 1e-5;

    @TempDir
    private Path folder;

    static Stream<Arguments> everyNetwork() {
        List<LstmSettings> lstms = List.of(
                LstmSettings.bidirectional(4, 1),
                new LstmSettings(5, 2, Directions.BOTH, true, InitialState.LEARNED),
                new LstmSettings(3, 3, Directions.FORWARD, false, InitialState.LEARNED),
                new LstmSettings(4, 2, Directions.FORWARD, true, InitialState.ZERO));
        return Stream.of(Task.values())
                .flatMap(task -> lstms.stream().flatMap(lstm -> Stream.of(Representation.values())
                        .filter(kind -> task == Task.SENTIMENT || kind == Representation.MAX_MEAN)
                        .map(kind -> Arguments.of(task, lstm, kind))));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("everyNetwork")
    void shouldComputeInPlainJavaWhatTheEngineComputes(Task task, LstmSettings lstm, Representation kind) {
        TextExplanation explanation =
                explain(VariedBundles.write(folder, task, VariedBundles.architecture(lstm, kind)), TEXT);

        InnerReading inner = explanation.inner().orElseThrow();
        assertThat(inner.largestDifference()).isLessThan(TOLERANCE);
        assertThat(inner.agrees()).isTrue();
        assertThat(inner.engine().scores().toDoubles())
                .as("the traced stages give what the scorer gives")
                .hasDimensions(explanation.scores().rows(), explanation.scores().columns());
        for (int column = 0; column < explanation.scores().columns(); column++) {
            assertThat((double) inner.engine().scores().at(0, column))
                    .isCloseTo(explanation.scores().at(0, column), within(TOLERANCE));
        }
        assertThat(inner.layers()).hasSize(lstm.layers());
        assertThat(inner.layers().get(0).backward()).hasSize(lstm.directions() == Directions.BOTH ? TOKENS : 0);
    }

    @Test
    void shouldFollowTheEquationsFromGatesToStates() {
        TextExplanation explanation = explain(TinyBundles.write(folder, Task.SENTIMENT), TEXT);

        List<LstmStep> steps = explanation.inner().orElseThrow().layers().get(0).forward();
        double[] cell = new double[steps.get(0).stateSize()];
        for (LstmStep step : steps) {
            for (int unit = 0; unit < cell.length; unit++) {
                cell[unit] = step.at(Quantity.FORGET_GATE, unit) * cell[unit]
                        + step.at(Quantity.INPUT_GATE, unit) * step.at(Quantity.CANDIDATE, unit);
                assertThat(step.at(Quantity.CELL, unit)).isCloseTo(cell[unit], within(1e-12));
                assertThat(step.at(Quantity.HIDDEN, unit))
                        .isCloseTo(step.at(Quantity.OUTPUT_GATE, unit) * Math.tanh(cell[unit]), within(1e-12));
                assertThat(step.at(Quantity.INPUT_GATE, unit)).isBetween(0.0, 1.0);
            }
        }
    }

    @Test
    void shouldReadBackwardsFromTheLastToken() {
        InnerReading inner = explain(TinyBundles.write(folder, Task.ENTITIES), "the good paris")
                .inner()
                .orElseThrow();

        assertThat(inner.layers().get(0).forward()).extracting(LstmStep::token).containsExactly(0, 1, 2);
        assertThat(inner.layers().get(0).backward()).extracting(LstmStep::token).containsExactly(2, 1, 0);
    }

    @Test
    void shouldSayWhatIdsMean() {
        ModelBundle bundle = VariedBundles.write(
                folder,
                Task.SENTIMENT,
                VariedBundles.architecture(LstmSettings.bidirectional(4, 1), Representation.MAX_MEAN));

        List<ColumnReading> columns = explain(bundle, "Not bad zyx").columns();

        assertThat(columns)
                .extracting(ColumnReading::name)
                .containsExactly("word", "suffix3", "lexicon", "ngrams", "characters", "characters-2");
        assertThat(columns.get(0).cells().get(0)).isEqualTo(new ColumnReading.Cell(List.of("not"), List.of(5), true));
        assertThat(columns.get(0).cells().get(2)).isEqualTo(new ColumnReading.Cell(List.of("zyx"), List.of(1), false));
        assertThat(columns.get(2).cells().get(0).entries()).containsExactly("positive (starts a phrase)");
        assertThat(columns.get(2).cells().get(1).entries())
                .containsExactlyInAnyOrder("negative", "positive (within a phrase)");
        assertThat(columns.get(2).cells().get(2).known()).isFalse();
        assertThat(columns.get(3).cells().get(2).entries()).containsExactly("<zy", "zyx", "yx>", "<zyx", "zyx>");
        assertThat(columns.get(4).cells().get(0).entries()).containsExactly("N", "o", "t");
        assertThat(columns.get(4).cells().get(0).known())
                .as("N is not among the characters")
                .isFalse();
        assertThat(columns.get(5).cells().get(1).ids()).hasSize(3);
    }

    @Test
    void shouldShareTheMaximaAmongTheTokens() {
        InnerReading inner =
                explain(TinyBundles.write(folder, Task.SENTIMENT), TEXT).inner().orElseThrow();

        assertThat(inner.maxima()).hasSize(TOKENS);
        assertThat(inner.maxima().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(inner.engine().states().columns());
        int token = inner.maxima().indexOf(Collections.max(inner.maxima()));
        int held = 0;
        for (int unit = 0; unit < inner.engine().states().columns(); unit++) {
            held += inner.engine().states().at(token, unit)
                            == inner.engine().features().at(0, unit)
                    ? 1
                    : 0;
        }
        assertThat(held).isEqualTo(inner.maxima().get(token));
    }

    @Test
    void shouldShareAttentionAmongTheTokens() {
        InnerReading inner = explain(
                        VariedBundles.write(
                                folder,
                                Task.SENTIMENT,
                                VariedBundles.architecture(LstmSettings.bidirectional(4, 1), Representation.ATTENTION)),
                        TEXT)
                .inner()
                .orElseThrow();

        assertThat(inner.attention()).hasSize(TOKENS);
        assertThat(inner.attention().stream().mapToDouble(Double::doubleValue).sum())
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void shouldWeighATokenByWhatTheAnswerLosesWithoutIt() {
        // A word column and shapes alone: 'zyx' is unknown as a word, its shape is not
        ModelBundle bundle = TinyBundles.write(folder, Task.SENTIMENT);

        TextExplanation known = explain(bundle, "good %% good");
        double worthOfUnknown = known.losses().get(1);
        double worthOfGood = known.losses().get(0);

        assertThat(worthOfUnknown).as("unknown in every column already").isZero();
        assertThat(worthOfGood).isNotZero();
        assertThat(known.probability())
                .isEqualTo(known.labels().sentiment().map(Sentiment::score).orElseThrow());
        String label = known.labels().sentiment().orElseThrow().label();
        Sentiment without = explain(bundle, "%% %% good").labels().sentiment().orElseThrow();
        double then = Objects.requireNonNull(without.scores().get(label));
        assertThat(known.probability() - worthOfGood).isCloseTo(then, within(TOLERANCE));
    }

    @Test
    void shouldAddUpTheScoresOfTheBestPath() {
        TextExplanation explanation = explain(TinyBundles.write(folder, Task.ENTITIES), TEXT);
        PathReading path = explanation.path().orElseThrow();

        double sum = path.endScore();
        for (PathReading.Step step : path.steps()) {
            sum += step.transition() + step.emission();
            assertThat(step.probability()).isBetween(0.0, 1.0 + 1e-12);
        }
        assertThat(path.score()).isCloseTo(sum, within(1e-9));
        assertThat(explanation.probability()).isEqualTo(Math.exp(path.score() - path.logZ()));
        assertThat(explanation.losses()).hasSize(TOKENS);
    }

    @Test
    void shouldReadTheTokensThatTheModelReads() {
        Architecture tail = new Architecture(
                VariedBundles.everyColumn(),
                LstmSettings.bidirectional(3, 1),
                Representation.LAST,
                3,
                Architecture.Truncation.TAIL);

        TextExplanation explanation =
                explain(VariedBundles.write(folder, Task.SENTIMENT, tail), "the good bad not paris");

        assertThat(explanation.read()).extracting(Token::norm).containsExactly("bad", "not", "paris");
        assertThat(explanation.columns().get(0).cells())
                .extracting(cell -> cell.entries().get(0))
                .containsExactly("bad", "not", "paris");
        assertThat(explanation.inner().orElseThrow().agrees()).isTrue();
    }

    @Test
    void shouldWeighOnlyTheFirstTokensOfALongText() {
        TextExplanation explanation =
                explain(TinyBundles.write(folder, Task.ENTITIES, 200), "paris is good . ".repeat(50));

        assertThat(explanation.read()).hasSize(200);
        assertThat(explanation.losses()).hasSize(TextExplanation.MOST_LOSSES);
    }

    @Test
    void shouldSayWhyATextIsNotRead() {
        try (LoadedModel model = LoadedModel.load(TinyBundles.write(folder, Task.SENTIMENT));
                TextExplainer explainer = new TextExplainer(model)) {
            String reason = explainer.explain(" ").fold(explanation -> "explained", rejection -> rejection
                    .reason()
                    .code());

            assertThat(reason).isEqualTo("blank-text");
        }
    }

    private static TextExplanation explain(ModelBundle bundle, String text) {
        try (LoadedModel model = LoadedModel.load(bundle);
                TextExplainer explainer = new TextExplainer(model)) {
            return explainer.explain(text).fold(explanation -> explanation, rejection -> {
                throw new AssertionError(rejection);
            });
        }
    }
}
