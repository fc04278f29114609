package dev.glosstream.label;

import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.ScoreMatrix;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenizedText;
import java.util.ArrayList;
import java.util.List;

/** Emissions → entities: the best legal tag path, as character spans with their probabilities. */
public final class EntityDecoder {
    private final LinearChainCrf crf;

    /** Creates a decoder. */
    public EntityDecoder(LinearChainCrf crf) {
        this.crf = crf;
    }

    /**
     * Returns the entities of a text.
     *
     * @param text the text and its tokens
     * @param emissions {@code [T, K]} of its first {@code T} tokens
     * @return entities in text order, not overlapping
     */
    public List<Entity> decode(TokenizedText text, ScoreMatrix emissions) {
        List<TokenSpan> spans = BioCodec.decode(crf.tagSet(), crf.bestPath(emissions));
        if (spans.isEmpty()) {
            return List.of();
        }
        double[][] alphas = crf.alphas(emissions);
        double[][] betas = crf.betas(emissions);
        List<Entity> entities = new ArrayList<>(spans.size());
        for (TokenSpan span : spans) {
            Token first = text.tokens().get(span.start());
            Token last = text.tokens().get(span.end() - 1);
            entities.add(new Entity(
                    crf.tagSet().entityTypes().get(span.type()),
                    first.charStart(),
                    last.charEnd(),
                    crf.spanProbability(emissions, alphas, betas, span)));
        }
        return entities;
    }
}
