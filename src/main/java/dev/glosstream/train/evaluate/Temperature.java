package dev.glosstream.train.evaluate;

import dev.glosstream.model.ModelManifest;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.Task;
import dev.glosstream.train.corpus.CorpusExample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * The number by which logits are divided so that probabilities can be trusted: the one that makes the true labels of held-out
 * texts most likely. It changes no label.
 *
 * @see <a href="https://arxiv.org/abs/1706.04599">Guo et al., "On Calibration of Modern Neural Networks", 2017</a>
 */
public final class Temperature {
    /** Fewest texts that one may be fitted on: fewer say more about themselves than about the model. */
    public static final int FEWEST_TEXTS = 100;

    private static final double LEAST_PROBABILITY = 1e-300;
    private static final int STEPS = 60;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private Temperature() {}

    /**
     * Returns the temperature of the least mean negative log-likelihood, within the range that a manifest may hold.
     *
     * <p>The loss is convex in the inverse temperature, so a golden-section search finds the one minimum; it runs on the
     * logarithm, to about nine digits. Rows need not be logits: logarithms of probabilities do as well, they differ by a
     * constant of the row.
     *
     * @param logits one row per text, one value per label
     * @param truths index of the true label of each text
     */
    static double fit(List<double[]> logits, List<Integer> truths) {
        DoubleUnaryOperator loss = logTemperature -> logLoss(logits, truths, Math.exp(logTemperature));
        double low = Math.log(ModelManifest.Calibration.COLDEST);
        double high = Math.log(ModelManifest.Calibration.HOTTEST);
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double leftLoss = loss.applyAsDouble(left);
        double rightLoss = loss.applyAsDouble(right);
        for (int step = 0; step < STEPS; step++) {
            if (leftLoss <= rightLoss) {
                high = right;
                right = left;
                rightLoss = leftLoss;
                left = high - GOLDEN * (high - low);
                leftLoss = loss.applyAsDouble(left);
            } else {
                low = left;
                left = right;
                leftLoss = rightLoss;
                right = low + GOLDEN * (high - low);
                rightLoss = loss.applyAsDouble(right);
            }
        }
        double best = Math.exp((low + high) / 2);
        return Math.max(ModelManifest.Calibration.COLDEST, Math.min(ModelManifest.Calibration.HOTTEST, best));
    }

    private static double logLoss(List<double[]> logits, List<Integer> truths, double temperature) {
        double loss = 0;
        for (int text = 0; text < logits.size(); text++) {
            double[] row = logits.get(text);
            double largest = Double.NEGATIVE_INFINITY;
            for (double logit : row) {
                largest = Math.max(largest, logit);
            }
            double sum = 0;
            for (double logit : row) {
                sum += Math.exp((logit - largest) / temperature);
            }
            loss += Math.log(sum) - (row[truths.get(text)] - largest) / temperature;
        }
        return loss / logits.size();
    }

    /**
     * Returns the calibration that held-out texts ask for.
     *
     * @param data name of the texts
     * @param report on them, of sentiment
     * @param present temperature of the model when it was measured
     * @return empty if the report is not of sentiment, if fewer than {@value #FEWEST_TEXTS} texts were answered, or if no
     *     answer is wrong: then nothing tells how sure the model should be
     */
    public static Optional<ModelManifest.Calibration> calibrate(String data, Report report, double present) {
        if (report.task() != Task.SENTIMENT) {
            return Optional.empty();
        }
        List<double[]> logits = new ArrayList<>();
        List<Integer> truths = new ArrayList<>();
        boolean anyWrong = false;
        for (JudgedText text : report.texts()) {
            Optional<Sentiment> sentiment = sentiment(text.answer());
            if (sentiment.isPresent()) {
                logits.add(logits(sentiment.get(), report.labels(), present));
                truths.add(report.labels().indexOf(text.example().label()));
                anyWrong |= !report.scoring().isRight(text.example(), text.answer());
            }
        }
        if (logits.size() < FEWEST_TEXTS || !anyWrong) {
            return Optional.empty();
        }
        double fitted = fit(logits, truths);
        double before = report.reliability().error();
        double after = reheat(report, present, fitted).reliability().error();
        return Optional.of(new ModelManifest.Calibration(fitted, data, logits.size(), before, after));
    }

    private static Optional<Sentiment> sentiment(Outcome<Labels> answer) {
        return answer.<Optional<Labels>>fold(Optional::of, rejection -> Optional.empty())
                .flatMap(Labels::sentiment);
    }

    private static double[] logits(Sentiment sentiment, List<String> labels, double present) {
        return labels.stream()
                .mapToDouble(label ->
                        present * Math.log(Math.max(sentiment.scores().getOrDefault(label, 0.0), LEAST_PROBABILITY)))
                .toArray();
    }

    /**
     * Returns the report that the same answers give at another temperature; entities stay as they are.
     *
     * @param present temperature at which they were given
     * @param wanted temperature to see
     */
    public static Report reheat(Report report, double present, double wanted) {
        List<CorpusExample> examples = new ArrayList<>();
        List<Outcome<Labels>> answers = new ArrayList<>();
        for (JudgedText text : report.texts()) {
            examples.add(text.example());
            answers.add(text.answer()
                    .then(labels -> Outcome.accepted(new Labels(
                            labels.sentiment().map(sentiment -> reheat(sentiment, present / wanted)),
                            labels.entities(),
                            labels.tokenCount(),
                            labels.truncated()))));
        }
        return Report.of(report.task(), report.labels(), examples, answers);
    }

    private static Sentiment reheat(Sentiment sentiment, double power) {
        double largest = Math.log(sentiment.score());
        double sum = 0;
        Map<String, Double> scores = new LinkedHashMap<>();
        for (Map.Entry<String, Double> entry : sentiment.scores().entrySet()) {
            double raised = Math.exp((Math.log(Math.max(entry.getValue(), LEAST_PROBABILITY)) - largest) * power);
            scores.put(entry.getKey(), raised);
            sum += raised;
        }
        double all = sum;
        scores.replaceAll((label, raised) -> raised / all);
        return new Sentiment(sentiment.label(), scores.getOrDefault(sentiment.label(), 0.0), scores);
    }
}
