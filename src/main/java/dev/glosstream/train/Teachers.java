package dev.glosstream.train;

import dev.glosstream.batch.BatchPlanner;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.label.EntityDecoder;
import dev.glosstream.label.LinearChainCrf;
import dev.glosstream.model.CrfTransitions;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TextPreparer;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Trained bundles whose common opinion another network learns from.
 *
 * <p>Texts are tokenized, looked up and scored by the stages that serve. One thread; close it to release the models.
 *
 * @see <a href="https://arxiv.org/abs/1503.02531">Hinton et al., "Distilling the Knowledge in a Neural Network", 2015</a>
 */
final class Teachers implements AutoCloseable {
    /** Texts that are judged together: what is held of many is held of so many at once. */
    static final int WINDOW = 4096;

    private static final LimitSettings NO_LIMITS = new LimitSettings(1_000_000, 64 << 20);

    private final TrainingRecipe recipe;
    private final List<Teacher> teachers = new ArrayList<>();
    private final BatchPlanner planner = new BatchPlanner(BatchingSettings.DEFAULT.tokenBudget());

    private Teachers(TrainingRecipe recipe) {
        this.recipe = recipe;
    }

    /** One of them. */
    private record Teacher(ModelBundle bundle, LoadedModel model, TextPreparer preparer, SequenceScorer scorer) {}

    /**
     * Loads the teachers of a recipe; there may be none.
     *
     * @throws IllegalArgumentException if one predicts something else than the recipe does
     */
    static Teachers open(TrainingRecipe recipe) {
        Teachers teachers = new Teachers(recipe);
        try {
            recipe.teachers().forEach(teachers::add);
        } catch (RuntimeException e) {
            teachers.close();
            throw e;
        }
        return teachers;
    }

    private void add(Path folder) {
        ModelBundle bundle = ModelBundle.open(folder);
        if (bundle.task() != recipe.task() || !bundle.manifest().labels().equals(recipe.labels())) {
            throw new IllegalArgumentException(
                    "teacher '" + bundle.id() + "': expected " + recipe.task().code() + " with the labels "
                            + recipe.labels() + ", got " + bundle.task().code() + " with "
                            + bundle.manifest().labels());
        }
        LoadedModel model = LoadedModel.load(bundle);
        teachers.add(new Teacher(bundle, model, new TextPreparer(List.of(bundle), NO_LIMITS), model.newScorer()));
    }

    /** Returns whether there are any. */
    boolean isEmpty() {
        return teachers.isEmpty();
    }

    /**
     * Returns the mean of the teachers' probabilities of each text's classes.
     *
     * @param temperature what their logits are divided by
     * @return per text {@code K} probabilities; empty for a text that the stages refuse
     */
    List<Optional<float[]>> probabilities(List<String> texts, double temperature) {
        List<Optional<float[]>> all = new ArrayList<>(texts.size());
        for (List<String> window : windows(texts)) {
            List<List<Optional<ScoreMatrix>>> scores =
                    teachers.stream().map(teacher -> score(teacher, window)).toList();
            for (int index = 0; index < window.size(); index++) {
                all.add(mean(at(scores, index), logits -> softmax(logits, temperature)));
            }
        }
        return all;
    }

    private static float[] softmax(ScoreMatrix logits, double temperature) {
        float[] shares = new float[logits.columns()];
        double largest = Double.NEGATIVE_INFINITY;
        for (int column = 0; column < shares.length; column++) {
            largest = Math.max(largest, logits.at(0, column) / temperature);
        }
        double sum = 0;
        for (int column = 0; column < shares.length; column++) {
            double share = Math.exp(logits.at(0, column) / temperature - largest);
            shares[column] = (float) share;
            sum += share;
        }
        for (int column = 0; column < shares.length; column++) {
            shares[column] /= (float) sum;
        }
        return shares;
    }

    /**
     * Returns the entities on the best path by the means of the teachers' emissions and transitions.
     *
     * @return per text its entities; empty for a text that the stages refuse
     */
    List<Optional<List<Entity>>> entities(List<String> texts) {
        BioTagSet tagSet = BioTagSet.of(recipe.labels());
        EntityDecoder decoder = new EntityDecoder(new LinearChainCrf(
                tagSet,
                CrfTransitions.mean(teachers.stream()
                        .map(teacher -> teacher.bundle.transitions())
                        .toList())));
        List<Optional<List<Entity>>> all = new ArrayList<>(texts.size());
        for (List<String> window : windows(texts)) {
            List<List<Optional<ScoreMatrix>>> scores =
                    teachers.stream().map(teacher -> score(teacher, window)).toList();
            for (int index = 0; index < window.size(); index++) {
                String text = window.get(index);
                all.add(mean(at(scores, index), Teachers::cells)
                        .map(cells -> decoder.decode(tokens(text), new ScoreMatrix(cells, tagSet.size()))));
            }
        }
        return all;
    }

    private TokenizedText tokens(String text) {
        return prepared(teachers.get(0), text).orElseThrow().text();
    }

    private static float[] cells(ScoreMatrix emissions) {
        float[] cells = new float[emissions.rows() * emissions.columns()];
        for (int cell = 0; cell < cells.length; cell++) {
            cells[cell] = emissions.at(cell / emissions.columns(), cell % emissions.columns());
        }
        return cells;
    }

    /** Mean cell by cell, over what the one that reads least of a text reads; empty if one refuses it. */
    private static Optional<float[]> mean(List<Optional<ScoreMatrix>> scores, Function<ScoreMatrix, float[]> values) {
        if (scores.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        List<float[]> each =
                scores.stream().flatMap(Optional::stream).map(values).toList();
        float[] mean =
                new float[each.stream().mapToInt(cells -> cells.length).min().orElseThrow()];
        for (int cell = 0; cell < mean.length; cell++) {
            double sum = 0;
            for (float[] cells : each) {
                sum += cells[cell];
            }
            mean[cell] = (float) (sum / each.size());
        }
        return Optional.of(mean);
    }

    private static List<Optional<ScoreMatrix>> at(List<List<Optional<ScoreMatrix>>> scores, int index) {
        return scores.stream().map(of -> of.get(index)).toList();
    }

    private static List<List<String>> windows(List<String> texts) {
        return IntStream.range(0, (texts.size() + WINDOW - 1) / WINDOW)
                .mapToObj(window -> texts.subList(window * WINDOW, Math.min(texts.size(), (window + 1) * WINDOW)))
                .toList();
    }

    private static Optional<PreparedText> prepared(Teacher teacher, String text) {
        return teacher.preparer.prepare(text).fold(Optional::of, rejection -> Optional.empty());
    }

    private List<Optional<ScoreMatrix>> score(Teacher teacher, List<String> texts) {
        List<Optional<TokenIds>> ids = texts.stream()
                .map(text ->
                        prepared(teacher, text).map(prepared -> prepared.ids().get(recipe.task())))
                .toList();
        List<Integer> readable = IntStream.range(0, ids.size())
                .filter(index -> ids.get(index).isPresent())
                .boxed()
                .toList();
        List<TokenIds> sequences =
                readable.stream().map(index -> ids.get(index).orElseThrow()).toList();
        List<Optional<ScoreMatrix>> scores = new ArrayList<>(Collections.nCopies(texts.size(), Optional.empty()));
        for (List<Integer> batch :
                planner.plan(sequences.stream().map(TokenIds::sequenceLength).toList())) {
            List<ScoreMatrix> scored = teacher.scorer.score(
                    new PaddedBatch(batch.stream().map(sequences::get).toList()));
            for (int row = 0; row < scored.size(); row++) {
                scores.set(readable.get(batch.get(row)), Optional.of(scored.get(row)));
            }
        }
        return scores;
    }

    /** Releases the models. */
    @Override
    public void close() {
        teachers.forEach(teacher -> {
            teacher.scorer.close();
            teacher.model.close();
        });
    }
}
