package dev.glosstream.explain;

import dev.glosstream.model.ModelBundle;
import dev.glosstream.sequence.Labels;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenizedText;
import java.util.List;
import java.util.Optional;

/**
 * What a model does with one text.
 *
 * @param bundle the model
 * @param text the text and all its tokens
 * @param read the {@code T} tokens that the model reads, in their order
 * @param columns what each column looked up
 * @param inner what happens between ids and scores; empty for a scripted module, whose inside cannot be read
 * @param scores logits {@code [1, K]} or emissions {@code [T, K]}
 * @param path how the tags were chosen; empty if the model gives one answer for the whole text
 * @param labels the answer, as everywhere else
 * @param probability of the answer: of the label, or of the whole tag path
 * @param losses for the first tokens, how much less probable the same answer is when the token is unknown; negative if more
 */
public record TextExplanation(
        ModelBundle bundle,
        TokenizedText text,
        List<Token> read,
        List<ColumnReading> columns,
        Optional<InnerReading> inner,
        ScoreMatrix scores,
        Optional<PathReading> path,
        Labels labels,
        double probability,
        List<Double> losses) {
    /** Most tokens that are made unknown, one after the other. */
    public static final int MOST_LOSSES = 64;

    /** Copies the lists. */
    public TextExplanation {
        read = List.copyOf(read);
        columns = List.copyOf(columns);
        losses = List.copyOf(losses);
    }
}
