package dev.glosstream.explain;

import dev.glosstream.batch.BatchStatistics;
import dev.glosstream.config.BatchingSettings;
import dev.glosstream.config.LimitSettings;
import dev.glosstream.infer.LoadedModel;
import dev.glosstream.infer.NetworkInspector;
import dev.glosstream.infer.SequenceScorer;
import dev.glosstream.label.LinearChainCrf;
import dev.glosstream.model.ModelBundle;
import dev.glosstream.pipeline.PreparedText;
import dev.glosstream.pipeline.TaskModel;
import dev.glosstream.pipeline.TextLabeller;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.Outcome;
import dev.glosstream.sequence.PaddedBatch;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Sentiment;
import dev.glosstream.sequence.Task;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.tokenize.TokenEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Explains what a model does with a text. One thread; close it to release its scorers, the loaded model stays.
 */
public final class TextExplainer implements AutoCloseable {
    private final ModelBundle bundle;
    private final Optional<NetworkInspector> inspector;
    private final TokenEncoder encoder;
    private final TextLabeller labeller;
    private final SequenceScorer scorer;
    private final Optional<LinearChainCrf> crf;

    /** Creates an explainer of a loaded model. */
    public TextExplainer(LoadedModel model) {
        this.bundle = model.bundle();
        this.inspector = NetworkInspector.of(model);
        this.encoder = TokenEncoder.of(bundle);
        this.labeller = new TextLabeller(
                List.of(TaskModel.of(model)), LimitSettings.DEFAULT, BatchingSettings.DEFAULT, new BatchStatistics());
        this.scorer = model.newScorer();
        this.crf = bundle.task() == Task.ENTITIES
                ? Optional.of(new LinearChainCrf(BioTagSet.of(bundle.manifest().labels()), bundle.transitions()))
                : Optional.empty();
    }

    /** Explains a text, or says why the model does not read it. */
    public Outcome<TextExplanation> explain(String text) {
        return labeller.prepare(text)
                .then(prepared -> labeller.label(List.of(prepared)).get(0).then(labels -> explain(prepared, labels)));
    }

    private Outcome<TextExplanation> explain(PreparedText prepared, Labels labels) {
        TokenIds ids = ids(prepared);
        List<Token> read = encoder.kept(prepared.text().tokens());
        ScoreMatrix scores = score(List.of(ids)).get(0);
        Optional<PathReading> path = crf.map(field -> path(field, scores));
        double probability = path.map(PathReading::probability)
                .orElseGet(() -> labels.sentiment().orElseThrow().score());
        return Outcome.accepted(new TextExplanation(
                bundle,
                prepared.text(),
                read,
                ColumnGlossary.read(bundle, prepared.text(), read, ids),
                inspector.map(network -> inner(network, ids)),
                scores,
                path,
                labels,
                probability,
                losses(prepared, labels, path, probability)));
    }

    private TokenIds ids(PreparedText prepared) {
        return Objects.requireNonNull(prepared.ids().get(bundle.task()));
    }

    private List<ScoreMatrix> score(List<TokenIds> sequences) {
        return scorer.score(new PaddedBatch(sequences));
    }

    private static PathReading path(LinearChainCrf crf, ScoreMatrix emissions) {
        int[] tags = crf.bestPath(emissions);
        double[][] probabilities = crf.tagProbabilities(emissions);
        List<PathReading.Step> steps = new ArrayList<>();
        for (int position = 0; position < tags.length; position++) {
            int tag = tags[position];
            double transition = position == 0 ? crf.startScore(tag) : crf.transitionScore(tags[position - 1], tag);
            steps.add(new PathReading.Step(tag, transition, emissions.at(position, tag), probabilities[position][tag]));
        }
        return new PathReading(
                crf.tagSet().names(),
                emissions,
                steps,
                crf.endScore(tags[tags.length - 1]),
                crf.pathScore(emissions, tags),
                crf.logZ(emissions));
    }

    private InnerReading inner(NetworkInspector network, TokenIds ids) {
        return InnerExplainer.explain(bundle, network, network.trace(ids));
    }

    /** Makes one token after the other unknown and looks how probable the same answer is then. */
    private List<Double> losses(PreparedText prepared, Labels labels, Optional<PathReading> path, double probability) {
        TokenIds ids = ids(prepared);
        int count = Math.min(ids.sequenceLength(), TextExplanation.MOST_LOSSES);
        List<TokenIds> changed = IntStream.range(0, count)
                .mapToObj(position -> ColumnGlossary.without(bundle.manifest().architecture(), ids, position))
                .toList();
        List<Double> losses = new ArrayList<>();
        for (TokenIds each : changed) {
            double then = path.isPresent()
                    ? pathProbability(each, path.get())
                    : labelProbability(prepared, each, labels.sentiment().orElseThrow());
            losses.add(probability - then);
        }
        return losses;
    }

    private double pathProbability(TokenIds ids, PathReading path) {
        LinearChainCrf field = crf.orElseThrow();
        ScoreMatrix emissions = score(List.of(ids)).get(0);
        int[] tags = path.steps().stream().mapToInt(PathReading.Step::tag).toArray();
        return Math.exp(field.pathScore(emissions, tags) - field.logZ(emissions));
    }

    private double labelProbability(PreparedText prepared, TokenIds ids, Sentiment answer) {
        PreparedText changed = new PreparedText(prepared.text(), Map.of(bundle.task(), ids));
        return labeller.label(List.of(changed))
                .get(0)
                .fold(
                        labels -> labels.sentiment()
                                .map(Sentiment::scores)
                                .map(scores -> scores.get(answer.label()))
                                .orElseThrow(),
                        rejection -> {
                            throw new IllegalStateException(
                                    "text: expected labels for it with an unknown token, got " + rejection);
                        });
    }

    /** Releases the scorers. */
    @Override
    public void close() {
        labeller.close();
        scorer.close();
    }
}
