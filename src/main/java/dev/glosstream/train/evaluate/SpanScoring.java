package dev.glosstream.train.evaluate;

import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.Rejection;
import dev.glosstream.train.corpus.CorpusExample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Counts of entities by exact span: an entity is right if start, end and type are, as conlleval counts phrases.
 *
 * <p>In a refused text nothing is found, and every token is wrong.
 *
 * <p>Sums: {@code confusion[truth][answer]} row-major over spans of the same borders, with one more row for spans that are
 * none and one more column for spans that were not found; tokens, tokens with the right tag; the bins of the reliability.
 *
 * @see <a href="https://aclanthology.org/W00-0726/">Tjong Kim Sang and Buchholz, "Introduction to the CoNLL-2000 Shared
 *     Task: Chunking", 2000</a>
 */
final class SpanScoring implements Scoring {
    private final List<String> types;
    private final int none;
    private final int tokens;
    private final int rightTokens;
    private final int firstBin;

    SpanScoring(List<String> types) {
        this.types = List.copyOf(types);
        this.none = types.size();
        this.tokens = (none + 1) * (none + 1);
        this.rightTokens = tokens + 1;
        this.firstBin = rightTokens + 1;
    }

    @Override
    public int slots() {
        return firstBin + Reliability.SLOTS;
    }

    private int cell(int truth, int answer) {
        return truth * (none + 1) + answer;
    }

    private int type(Entity entity) {
        int type = types.indexOf(entity.type());
        if (type < 0) {
            throw new IllegalArgumentException(
                    "entity: expected a type of " + types + ", got '" + entity.type() + "'; count with all types");
        }
        return type;
    }

    private static List<Entity> found(Outcome<Labels> answer) {
        return answer.fold(labels -> labels.entities().orElse(List.of()), rejection -> List.of());
    }

    private static boolean isRefused(Outcome<Labels> answer) {
        return answer.fold(labels -> false, rejection -> true);
    }

    @Override
    public TextCounts count(CorpusExample example, Outcome<Labels> answer) {
        TextCounts.Builder counts = new TextCounts.Builder();
        List<Entity> found = found(answer);
        for (Entity truth : example.entities()) {
            Entity match = sameBorders(found, truth);
            counts.add(cell(type(truth), match == null ? none : type(match)), 1);
        }
        for (Entity guess : found) {
            Entity truth = sameBorders(example.entities(), guess);
            if (truth == null) {
                counts.add(cell(none, type(guess)), 1);
            }
            boolean right = truth != null && truth.type().equals(guess.type());
            Reliability.count(counts, firstBin, guess.score(), right);
        }
        List<String> tags = TokenTags.of(example.text(), example.entities());
        counts.add(tokens, tags.size());
        counts.add(rightTokens, isRefused(answer) ? 0 : TokenTags.agreeing(tags, TokenTags.of(example.text(), found)));
        return counts.build();
    }

    private static @Nullable Entity sameBorders(List<Entity> entities, Entity wanted) {
        for (Entity entity : entities) {
            if (entity.charStart() == wanted.charStart() && entity.charEnd() == wanted.charEnd()) {
                return entity;
            }
        }
        return null;
    }

    private static List<String> spans(List<Entity> entities) {
        return entities.stream()
                .map(entity -> entity.type() + " " + entity.charStart() + " " + entity.charEnd())
                .toList();
    }

    @Override
    public boolean isRight(CorpusExample example, Outcome<Labels> answer) {
        return !isRefused(answer) && spans(found(answer)).equals(spans(example.entities()));
    }

    @Override
    public boolean isSame(Outcome<Labels> left, Outcome<Labels> right) {
        return said(left).equals(said(right));
    }

    private static List<String> said(Outcome<Labels> answer) {
        return answer.fold(
                labels -> spans(labels.entities().orElse(List.of())),
                (Rejection rejection) -> List.of("refused " + rejection.reason().code()));
    }

    @Override
    public Map<String, Double> measures(double[] sums) {
        List<ClassRow> rows = rows(sums);
        ClassRow all = rows.get(none);
        Map<String, Double> measures = new LinkedHashMap<>();
        measures.put("precision", all.precision());
        measures.put("recall", all.recall());
        measures.put("f1", all.f1());
        measures.put("tokenAccuracy", Ratios.ratio(sums[rightTokens], sums[tokens]));
        measures.put("calibrationError", Reliability.error(sums, firstBin));
        rows.subList(0, none).forEach(row -> measures.put("f1." + row.name(), row.f1()));
        return measures;
    }

    @Override
    public double score(double[] sums) {
        return rows(sums).get(none).f1();
    }

    @Override
    public double error(double[] sums) {
        return 1 - score(sums);
    }

    @Override
    public List<ClassRow> rows(double[] sums) {
        List<ClassRow> rows = new ArrayList<>(none + 1);
        double correct = 0;
        double predicted = 0;
        double support = 0;
        for (int type = 0; type < none; type++) {
            double ofType = 0;
            double answered = 0;
            for (int other = 0; other <= none; other++) {
                ofType += sums[cell(type, other)];
                answered += sums[cell(other, type)];
            }
            rows.add(ClassRow.of(types.get(type), sums[cell(type, type)], answered, ofType));
            correct += sums[cell(type, type)];
            predicted += answered;
            support += ofType;
        }
        rows.add(ClassRow.of("all", correct, predicted, support));
        return rows;
    }

    @Override
    public ConfusionMatrix confusion(double[] sums) {
        List<String> rows = new ArrayList<>(types);
        rows.add("no entity");
        List<String> columns = new ArrayList<>(types);
        columns.add("not found");
        List<List<Long>> counts = new ArrayList<>();
        for (int truth = 0; truth <= none; truth++) {
            List<Long> row = new ArrayList<>();
            for (int answer = 0; answer <= none; answer++) {
                row.add(Math.round(sums[cell(truth, answer)]));
            }
            counts.add(row);
        }
        return new ConfusionMatrix(rows, columns, counts);
    }

    @Override
    public Reliability reliability(double[] sums) {
        return Reliability.of(sums, firstBin);
    }

    @Override
    public Stream<Mistake> mistakes(CorpusExample example, Outcome<Labels> answer) {
        return found(answer).stream()
                .filter(guess -> !spans(example.entities()).containsAll(spans(List.of(guess))))
                .map(guess -> new Mistake(
                        example.text(),
                        overlapping(example, guess),
                        guess.type(),
                        guess.score(),
                        guess.charStart(),
                        guess.charEnd()));
    }

    private static String overlapping(CorpusExample example, Entity guess) {
        String truths = example.entities().stream()
                .filter(truth -> truth.charStart() < guess.charEnd() && guess.charStart() < truth.charEnd())
                .map(truth -> truth.type() + " \u201c" + truth.textOf(example.text()) + "\u201d")
                .collect(Collectors.joining(", "));
        return truths.isEmpty() ? "no entity" : truths;
    }
}
