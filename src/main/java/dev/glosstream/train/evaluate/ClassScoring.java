package dev.glosstream.train.evaluate;

import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.train.corpus.CorpusExample;
import dev.glosstream.train.corpus.CorpusException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Counts of true against answered classes.
 *
 * <p>A refused text is answered with no class: wrong, in no class's precision, and without a confidence.
 *
 * <p>Sums: {@code confusion[truth][answer]} row-major with one more column for refused texts, the bins of the reliability,
 * the negative log-likelihood.
 */
final class ClassScoring implements Scoring {
    /** Probability that stands in for zero in a logarithm. */
    private static final double LEAST_PROBABILITY = 1e-300;

    private final List<String> labels;
    private final int firstBin;
    private final int logLoss;

    ClassScoring(List<String> labels) {
        this.labels = List.copyOf(labels);
        this.firstBin = labels.size() * (labels.size() + 1);
        this.logLoss = firstBin + Reliability.SLOTS;
    }

    @Override
    public int slots() {
        return logLoss + 1;
    }

    private int cell(int truth, int answer) {
        return truth * (labels.size() + 1) + answer;
    }

    private static Optional<Sentiment> sentiment(Outcome<Labels> answer) {
        return answer.<Optional<Labels>>fold(Optional::of, rejection -> Optional.empty())
                .flatMap(Labels::sentiment);
    }

    /** Returns the index of the true label. */
    int truth(CorpusExample example) {
        int truth = labels.indexOf(example.label());
        if (truth < 0) {
            throw new CorpusException("data: expected the labels of the model, " + labels + ", got '" + example.label()
                    + "'; give data of the model's own labels");
        }
        return truth;
    }

    @Override
    public TextCounts count(CorpusExample example, Outcome<Labels> answer) {
        int truth = truth(example);
        TextCounts.Builder counts = new TextCounts.Builder();
        Optional<Sentiment> given = sentiment(answer);
        if (given.isEmpty()) {
            return counts.add(cell(truth, labels.size()), 1).build();
        }
        Sentiment sentiment = given.get();
        counts.add(cell(truth, labels.indexOf(sentiment.label())), 1);
        Reliability.count(counts, firstBin, sentiment.score(), isRight(example, answer));
        double probability = sentiment.scores().getOrDefault(example.label(), 0.0);
        return counts.add(logLoss, -Math.log(Math.max(probability, LEAST_PROBABILITY)))
                .build();
    }

    @Override
    public boolean isRight(CorpusExample example, Outcome<Labels> answer) {
        return sentiment(answer).map(Sentiment::label).equals(Optional.of(example.label()));
    }

    @Override
    public boolean isSame(Outcome<Labels> left, Outcome<Labels> right) {
        return said(left).equals(said(right));
    }

    private static String said(Outcome<Labels> answer) {
        return answer.fold(
                labels -> labels.sentiment().map(Sentiment::label).orElse(""),
                (Rejection rejection) -> "refused " + rejection.reason().code());
    }

    @Override
    public Map<String, Double> measures(double[] sums) {
        List<ClassRow> rows = rows(sums);
        double answers = 0;
        for (int bin = firstBin; bin < firstBin + Reliability.BINS; bin++) {
            answers += sums[bin];
        }
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("accuracy", accuracy(sums));
        measures.put("macroF1", mean(rows.stream().mapToDouble(ClassRow::f1).toArray()));
        measures.put(
                "macroRecall", mean(rows.stream().mapToDouble(ClassRow::recall).toArray()));
        measures.put("calibrationError", Reliability.error(sums, firstBin));
        measures.put("logLoss", Ratios.ratio(sums[logLoss], answers));
        rows.forEach(row -> measures.put("f1." + row.name(), row.f1()));
        return measures;
    }

    private double accuracy(double[] sums) {
        double correct = 0;
        double all = 0;
        for (int truth = 0; truth < labels.size(); truth++) {
            correct += sums[cell(truth, truth)];
            all += support(sums, truth);
        }
        return Ratios.ratio(correct, all);
    }

    private double support(double[] sums, int truth) {
        double support = 0;
        for (int answer = 0; answer <= labels.size(); answer++) {
            support += sums[cell(truth, answer)];
        }
        return support;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return Ratios.ratio(sum, values.length);
    }

    @Override
    public double score(double[] sums) {
        Map<String, Double> measures = measures(sums);
        return (measures.getOrDefault("macroF1", 0.0) + measures.getOrDefault("macroRecall", 0.0)) / 2;
    }

    @Override
    public double error(double[] sums) {
        return 1 - accuracy(sums);
    }

    @Override
    public List<ClassRow> rows(double[] sums) {
        List<ClassRow> rows = new ArrayList<>(labels.size());
        for (int label = 0; label < labels.size(); label++) {
            double predicted = 0;
            for (int truth = 0; truth < labels.size(); truth++) {
                predicted += sums[cell(truth, label)];
            }
            rows.add(ClassRow.of(labels.get(label), sums[cell(label, label)], predicted, support(sums, label)));
        }
        return rows;
    }

    @Override
    public ConfusionMatrix confusion(double[] sums) {
        boolean refused = false;
        for (int truth = 0; truth < labels.size(); truth++) {
            refused |= sums[cell(truth, labels.size())] > 0;
        }
        List<String> columns = new ArrayList<>(labels);
        if (refused) {
            columns.add("refused");
        }
        List<List<Long>> counts = new ArrayList<>();
        for (int truth = 0; truth < labels.size(); truth++) {
            List<Long> row = new ArrayList<>();
            for (int answer = 0; answer < columns.size(); answer++) {
                row.add(Math.round(sums[cell(truth, answer)]));
            }
            counts.add(row);
        }
        return new ConfusionMatrix(labels, columns, counts);
    }

    @Override
    public Reliability reliability(double[] sums) {
        return Reliability.of(sums, firstBin);
    }

    @Override
    public Stream<Mistake> mistakes(CorpusExample example, Outcome<Labels> answer) {
        return sentiment(answer).stream()
                .filter(sentiment -> !sentiment.label().equals(example.label()))
                .map(sentiment ->
                        new Mistake(example.text(), example.label(), sentiment.label(), sentiment.score(), 0, 0));
    }
}
