package dev.glosstream.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.glosstream.label.SentimentDecoder;
import dev.glosstream.model.ModelManifest;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TemperatureTest {
    private static final List<String> LABELS = List.of("a", "b", "c");
    private static final int TEXTS = 20_000;
    private static final double OVERCONFIDENCE = 2.5;
    /** What that many texts know of the temperature: about 1.5 % either way. */
    private static final double BY_CHANCE = 0.1;

    @Test
    void shouldFindTheTemperatureOfAnOverconfidentScorer() {
        // Given logits whose truth was drawn from their softmax, and a scorer that multiplies them by 2.5
        Random random = new Random(11);
        List<double[]> logits = new ArrayList<>();
        List<Integer> truths = new ArrayList<>();
        for (int text = 0; text < TEXTS; text++) {
            double[] row = honestLogits(random);
            truths.add(draw(row, random));
            logits.add(new double[] {row[0] * OVERCONFIDENCE, row[1] * OVERCONFIDENCE, row[2] * OVERCONFIDENCE});
        }

        assertThat(Temperature.fit(logits, truths)).isCloseTo(OVERCONFIDENCE, within(BY_CHANCE));
    }

    @Test
    void shouldFindItFromProbabilitiesAndMakeThemTrustworthy() {
        Report report = overconfident(1);

        ModelManifest.Calibration fitted =
                Temperature.calibrate("dev", report, 1).orElseThrow();

        assertThat(fitted.temperature()).isCloseTo(OVERCONFIDENCE, within(BY_CHANCE));
        assertThat(fitted.errorBefore()).isGreaterThan(0.1);
        assertThat(fitted.errorAfter()).isLessThan(0.02);
        assertThat(fitted.examples()).isEqualTo(TEXTS);
    }

    @Test
    void shouldFindTheSameOnABundleThatIsCalibratedAlready() {
        double fromRaw =
                Temperature.calibrate("dev", overconfident(1), 1).orElseThrow().temperature();
        double fromCalibrated =
                Temperature.calibrate("dev", overconfident(4), 4).orElseThrow().temperature();

        assertThat(fromCalibrated).isCloseTo(fromRaw, within(1e-6));
    }

    @Test
    void shouldReheatAsTheDecoderWould() {
        Report reheated = Temperature.reheat(overconfident(1), 1, 3);

        assertThat(reheated.metrics().get("logLoss"))
                .isCloseTo(overconfident(3).metrics().get("logLoss"), within(1e-9));
        assertThat(reheated.metrics().get("macroF1"))
                .isEqualTo(overconfident(1).metrics().get("macroF1"));
    }

    @Test
    void shouldNotFitFewTextsNorOnesThatAreAllRight() {
        Judged few = new Judged(Task.SENTIMENT, "a", "b");
        Judged right = new Judged(Task.SENTIMENT, "a", "b");
        for (int text = 0; text < Temperature.FEWEST_TEXTS; text++) {
            right.text("a", "a", 0.8);
            if (text > 0) {
                few.text("a", text % 2 == 0 ? "a" : "b", 0.8);
            }
        }

        assertThat(Temperature.calibrate("dev", few.report(), 1)).isEmpty();
        assertThat(Temperature.calibrate("dev", right.report(), 1)).isEmpty();
        assertThat(DevMeasures.of(few.report()).calibration()).isEqualTo(ModelManifest.Calibration.NONE);
    }

    @Test
    void shouldRecordTheDevTextsAsTheBundleWillServeThem() {
        Report asTrained = overconfident(1);

        DevMeasures dev = DevMeasures.of(asTrained);

        assertThat(dev.calibration().temperature()).isCloseTo(OVERCONFIDENCE, within(BY_CHANCE));
        assertThat(dev.calibration().data()).isEqualTo("dev");
        assertThat(dev.report().metrics())
                .containsEntry("calibrationError", dev.calibration().errorAfter())
                .containsEntry("macroF1", asTrained.metrics().getOrDefault("macroF1", 0.0));
    }

    @Test
    void shouldStayWithinItsRange() {
        // A scorer whose certainty says nothing: the hotter the better
        List<double[]> logits = new ArrayList<>();
        List<Integer> truths = new ArrayList<>();
        for (int text = 0; text < 200; text++) {
            logits.add(new double[] {5, 0});
            truths.add(text % 2);
        }

        assertThat(Temperature.fit(logits, truths)).isCloseTo(ModelManifest.Calibration.HOTTEST, within(1e-6));
    }

    /** Answers of a scorer that is 2.5 times too sure, decoded at a temperature; always the same texts. */
    private static Report overconfident(double temperature) {
        Random random = new Random(12);
        SentimentDecoder decoder = new SentimentDecoder(LABELS, temperature);
        Judged judged = new Judged(Task.SENTIMENT, "a", "b", "c");
        for (int text = 0; text < TEXTS; text++) {
            double[] row = honestLogits(random);
            float[] logits = new float[row.length];
            for (int label = 0; label < row.length; label++) {
                logits[label] = (float) (row[label] * OVERCONFIDENCE);
            }
            Sentiment sentiment = decoder.decode(new ScoreMatrix(logits, logits.length));
            judged.text(LABELS.get(draw(row, random)), sentiment);
        }
        return judged.report();
    }

    private static double[] honestLogits(Random random) {
        return new double[] {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
    }

    private static int draw(double[] logits, Random random) {
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit);
        }
        double rest = random.nextDouble() * sum;
        int label = 0;
        while (label < logits.length - 1 && rest >= Math.exp(logits[label])) {
            rest -= Math.exp(logits[label]);
            label++;
        }
        return label;
    }
}
