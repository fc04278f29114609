package dev.glosstream.train;

import dev.glosstream.label.BioCodec;
import dev.glosstream.label.TokenSpan;
import dev.glosstream.sequence.BioTagSet;
import dev.glosstream.sequence.Entity;
import dev.glosstream.sequence.Token;
import dev.glosstream.sequence.TokenIds;
import dev.glosstream.sequence.TokenizedText;
import dev.glosstream.tokenize.TokenEncoder;
import dev.glosstream.train.corpus.CorpusExample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Turns labelled texts into ids and targets, with the tokenizer and vocabularies that serve. */
final class ExampleEncoder {
    private final List<String> labels;
    private final TokenEncoder encoder;

    ExampleEncoder(List<String> labels, TokenEncoder encoder) {
        this.labels = List.copyOf(labels);
        this.encoder = encoder;
    }

    /** Returns what a text with a class teaches. */
    EncodedExample encodeClass(
            CorpusExample example, TokenizedText text, TargetBuilder targets, Optional<float[]> taught) {
        return EncodedExample.ofClass(
                encoder.encode(text), targets.distribution(example, taught), targets.weight(example));
    }

    /** Returns what a text with entities teaches. */
    EncodedExample encodeTags(CorpusExample example, TokenizedText text) {
        TokenIds ids = encoder.encode(text);
        int[] tags = Arrays.copyOf(tags(example, text), ids.sequenceLength());
        return EncodedExample.ofTags(ids, tags, (float) example.weight());
    }

    private int[] tags(CorpusExample example, TokenizedText text) {
        List<TokenSpan> spans = tokenSpans(example.entities(), text);
        return BioCodec.encode(BioTagSet.of(labels), spans, text.tokens().size());
    }

    /** Carries character spans to tokens: a token belongs to an entity if they share a character. */
    private List<TokenSpan> tokenSpans(List<Entity> entities, TokenizedText text) {
        List<Token> tokens = text.tokens();
        List<TokenSpan> spans = new ArrayList<>();
        int position = 0;
        for (Entity entity : entities) {
            while (position < tokens.size() && tokens.get(position).charEnd() <= entity.charStart()) {
                position++;
            }
            int start = position;
            while (position < tokens.size() && tokens.get(position).charStart() < entity.charEnd()) {
                position++;
            }
            int type = labels.indexOf(entity.type());
            if (position > start && type >= 0) {
                spans.add(new TokenSpan(type, start, position));
            }
        }
        return spans;
    }
}
